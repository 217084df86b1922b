/** Which of the applications found is the vendor's, by the admin's confirmation; where nothing may be read, that one was authorised, by word. */
import { z } from "zod";
import type { Row } from "@/lib/model/nouns";
import { access } from "./access";
import { ticked } from "./ticked";

export type Application = Row<"vendorApplication">;

/** Both ids together: the application's own, and that of the organisation that owns it. Neither is published, and neither alone says whose it is. */
export const idsOf = ({ appId, ownerId }: Pick<Application, "appId" | "ownerId">): string =>
  `${appId} ${ownerId === "" ? "-" : ownerId}`.toLowerCase();

export const authorizationSettings = z.object({
  access,
  /** `idsOf` the confirmed one; "": nobody has confirmed any yet. */
  application: z
    .string()
    .trim()
    .toLowerCase()
    .regex(/^$|^\S{1,100} \S{1,100}$/, "Choose one of the applications that were found.")
    .default(""),
  /** Names of applications that somebody authorised, by word: what is said of one product does not count for the other. */
  authorized: ticked.default([]),
});
export type AuthorizationSettings = z.infer<typeof authorizationSettings>;

export const authorizationAtFirst: AuthorizationSettings = { access: "consent", application: "", authorized: [] };
