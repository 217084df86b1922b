/** Whether Cutover may read and change the tenant, or the admin does everything with scripts and by hand. */
import { z } from "zod";

export const access = z.enum(["consent", "without"]).default("consent");
export type Access = z.infer<typeof access>;

/** The one key of questions about the tenant as a whole: none without access, so that nothing is asked. */
export const tenantKeys = (chosen: Access): readonly string[] => (chosen === "consent" ? ["tenant"] : []);

/** Ids of the tracks of whoever has not chosen yet. */
export const DEFAULT_TRACKS: readonly string[] = ["inline"];
