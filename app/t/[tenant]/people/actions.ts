"use server";
/** Giving and taking the right to read mail. Each only names its fields and its use case. */
import { z } from "zod";
import { tenantAction } from "@/app/action";

export const giveMail = tenantAction(z.object({ reader: z.string() }), async ({ uc, scope, visitor, input }) => {
  const given = await uc.giveMail(scope, visitor, input.reader);
  // The page has another field for a sign-in name: what is wrong is said beside this one.
  return !given.ok && given.fields?.["upn"] ? { ...given, fields: { reader: given.fields["upn"] } } : given;
});
export const takeMail = tenantAction(z.object({ _upn: z.string() }), async ({ uc, scope, visitor, input }) =>
  uc.takeMail(scope, visitor, input._upn),
);
