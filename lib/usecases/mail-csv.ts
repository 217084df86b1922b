/** The first thousand messages of a search as a file for a spreadsheet. */
import { ok, type Result } from "@/lib/base/result";
import { BYTE_ORDER_MARK, csvLine } from "@/lib/model/csv";
import type { FoundMessage } from "@/lib/model/found-message";
import { MOST_AT_ONCE } from "@/lib/model/mail-search";
import type { MailScope } from "@/lib/model/scope";
import { escaped } from "@/lib/model/strange-text";
import type { Deps } from "./deps";
import { mailAccess } from "./mail-opening";
import { fixed, type MailAsk, wordsOfSearch } from "./mail-search";

const HEAD = [
  "Time (UTC)",
  "From",
  "From name",
  "Envelope sender",
  "Recipients",
  "Subject",
  "Disposition",
  "Reasons",
  "Delivery status",
  "Delivery mode",
  "In quarantine",
  "Done after delivery",
  "Message-ID",
  "Alert",
  "Id",
];
/** What a spreadsheet's cell holds is 32,767 characters; so much of a text is more than anybody reads. */
const MOST_CELL = 2_000;
const LINES_AT_ONCE = 100;

function lineOf(message: FoundMessage): string {
  const text = (value: string) => escaped(value, MOST_CELL);
  const list = (values: readonly string[]) => text(values.join("; "));
  return csvLine([
    message.at > 0 ? new Date(message.at).toISOString() : "",
    text(message.from),
    text(message.fromName),
    text(message.envelopeFrom),
    list(message.recipients.length > 0 ? message.recipients : message.to),
    text(message.subject),
    text(message.disposition),
    list(message.reasons),
    list(message.deliveryStatus),
    text(message.deliveryMode),
    message.isQuarantined ? "yes" : "no",
    list(message.operations),
    text(message.messageId),
    text(message.alertId),
    text(message.id),
  ]);
}

async function* lines(rows: readonly FoundMessage[]): AsyncGenerator<string> {
  yield BYTE_ORDER_MARK + csvLine(HEAD);
  for (let at = 0; at < rows.length; at += LINES_AT_ONCE)
    yield rows
      .slice(at, at + LINES_AT_ONCE)
      .map(lineOf)
      .join("");
}

export type MailFile = { readonly fileName: string; readonly texts: AsyncGenerator<string> };

/** One question: the vendor gives as many at once. */
export const mailCsv =
  (deps: Deps) =>
  async (mail: MailScope, asked: Omit<MailAsk, "cursor">): Promise<Result<MailFile>> => {
    const access = await mailAccess(deps, mail);
    if (!access.ok) return access;
    const { search, at } = fixed(asked, deps.clock.now());
    const found = await deps.messages.search(access.value, search, { cursor: null, most: MOST_AT_ONCE });
    if (!found.ok) return found;
    const { rows } = found.value;
    const detail = { place: asked.place, say: wordsOfSearch(asked, deps.clock.now()), count: rows.length };
    await deps.store.events.add(mail.tenant, { kind: "mail-exported", at: deps.clock.now(), detail });
    return ok({ fileName: `cutover-mail-${new Date(at).toISOString().slice(0, 10)}.csv`, texts: lines(rows) });
  };
