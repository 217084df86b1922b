"use server";
/** What can be done with messages: an order is drawn up, which leads to the page that asks for agreement. */
import { z } from "zod";
import { tenantAction } from "@/app/action";
import { momentIn, placeOf } from "@/app/mail-ask";
import { no } from "@/lib/base/result";
import { isFolder } from "@/lib/model/destinations";
import { paramsOf } from "@/lib/model/mail-search";
import { fixed } from "@/lib/usecases/mail-search";
import { now } from "@/lib/wiring";

const shape = z.object({
  kind: z.enum(["retract", "release"]),
  destination: z.string().default(""),
  /** Ids, which hold no blanks, with one between them: a browser would send ends of lines in another form. */
  _ids: z.string().default(""),
  _all: z.enum(["yes", ""]).default(""),
  _place: z.string().default(""),
  _search: z.string().default(""),
  _at: z.string().default(""),
});

const NOTHING = no("rejected", "No message is chosen.", { fix: "Choose one or more, and try again." });
const NOWHERE = {
  ...no("rejected", "It is not clear where to move them.", { fix: "Choose where to." }),
  fields: { destination: "Choose where to" },
};

export const draftOrder = tenantAction(shape, async ({ uc, scope, visitor, input }) => {
  const mail = await uc.openMail(visitor, scope.tenant);
  if (!mail.ok) return mail;
  const { kind, destination } = input;
  if (kind === "retract" && !isFolder(destination)) return NOWHERE;
  const ids = input._ids.split(" ").filter((id) => id !== "");
  if (input._all !== "yes" && ids.length === 0) return NOTHING;
  const { search } = fixed(
    { place: placeOf(input._place), params: paramsOf(Object.fromEntries(new URLSearchParams(input._search))), at: momentIn(input._at) },
    now(),
  );
  const where = kind === "retract" && isFolder(destination) ? destination : null;
  return uc.orders.draft(mail.value, { kind, destination: where, ids: input._all === "yes" ? null : ids, search });
});
