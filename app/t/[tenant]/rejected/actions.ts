"use server";
/** What can be done about the report on what would be refused. Each only names its fields and its use case. */
import { z } from "zod";
import { tenantAction } from "@/app/action";

const report = z.object({ _report: z.string() });
const back = z.object({ days: z.enum(["10", "30"]).default("10") });

export const begin = tenantAction(back, async ({ uc, scope, input }) => uc.rejected.begin(scope, input.days === "30" ? 30 : 10));
export const cancel = tenantAction(report, async ({ uc, scope, input }) => uc.rejected.cancel(scope, input._report));
export const resume = tenantAction(report, async ({ uc, scope, input }) => uc.rejected.resume(scope, input._report));
export const reviewed = tenantAction(report, async ({ uc, scope, input }) => uc.rejected.reviewed(scope, input._report));
