/** A journal report as Exchange writes it: an envelope in plain text, and the message itself attached whole. Read back by whoever takes it. */
import { headerOf, headersOf } from "../mail/headers";
import { mailDate } from "../mail/stamps";

/** One recipient of the original; `list` is the group that the person got it through. */
export type Addressee = { address: string; list: string | null };

export type Original = { sender: string; recipients: Addressee[]; subject: string; messageId: string; raw: string };

export type Sending = { tenantId: string; initialDomain: string; address: string; id: string; at: number };

/** As Exchange Online calls itself in reports: the same in every tenant. */
const journalAgent = "MicrosoftExchange329e71ec88ae4615bbc36ab6ce41109e";

/** Bytes of UTF-8, one character each, as messages are held here. */
const bytes = (text: string) => Buffer.from(text, "utf8").toString("latin1");
const encoded = (text: string) => (/^[ -~]*$/.test(text) ? text : `=?utf-8?B?${Buffer.from(text, "utf8").toString("base64")}?=`);

/** "Recipient" stands for those whom no header names. */
function line({ address, list }: Addressee, raw: string): string {
  const headers = headersOf(raw);
  const named = ["To", "Cc"].find((name) => (headerOf(headers, name) ?? "").toLowerCase().includes((list ?? address).toLowerCase()));
  return `${named ?? "Recipient"}: ${address}${list === null ? "" : `, Expanded: ${list}`}`;
}

export function reportOf(original: Original, { tenantId, initialDomain, address, id, at }: Sending): string {
  const { sender, recipients, subject, messageId, raw } = original;
  const boundary = `_journal_${id}_`;
  const from = `${journalAgent}@${initialDomain}`;
  const head = [
    `From: <${from}>`,
    `Sender: <${from}>`,
    `To: <${address}>`,
    `Subject: ${encoded(subject)}`,
    `Date: ${mailDate(at)}`,
    `Message-ID: <${id}@journal.report.generator>`,
    "X-MS-Journal-Report:",
    `X-MS-Exchange-Parent-Message-Id: ${messageId}`,
    "X-MS-Exchange-Generated-Message-Source: Journal Agent",
    `X-MS-Exchange-CrossTenant-Id: ${tenantId}`,
    "MIME-Version: 1.0",
    `Content-Type: multipart/mixed; boundary="${boundary}"`,
  ];
  const envelope = [`Sender: ${sender}`, `Subject: ${subject}`, `Message-Id: ${messageId}`, ...recipients.map((one) => line(one, raw))];
  const text = ["Content-Type: text/plain; charset=utf-8", "Content-Transfer-Encoding: 8bit", "", bytes(envelope.join("\r\n")), ""];
  const attached = ["Content-Type: message/rfc822", "Content-Disposition: attachment", "", raw];
  return [...head, "", `--${boundary}`, ...text, `--${boundary}`, ...attached, `--${boundary}--`, ""].join("\r\n");
}

export type Envelope = { sender: string; recipients: string[]; subject: string; messageId: string };
export type ReadReport = Envelope & { original: string };

const lineOf = (lines: string[], name: string) =>
  lines
    .find((one) => one.toLowerCase().startsWith(`${name}:`))
    ?.slice(name.length + 1)
    .trim() ?? "";

/** Null where it is no journal report: somebody wrote to the address. */
export function readReport(raw: string): ReadReport | null {
  const headers = headersOf(raw);
  const boundary = /boundary="([^"]+)"/.exec(headerOf(headers, "Content-Type") ?? "")?.[1];
  if (boundary === undefined || headerOf(headers, "X-MS-Journal-Report") === undefined) return null;
  const [, envelope = "", ...rest] = raw.split(`--${boundary}`);
  const attached = rest.slice(0, -1).join(`--${boundary}`);
  const lines = Buffer.from(bodyOf(envelope), "latin1").toString("utf8").split(/\r?\n/);
  const recipients = lines.flatMap((one) => /^(?:To|Cc|Bcc|Recipient): *([^\s,]+)/i.exec(one)?.[1]?.toLowerCase() ?? []);
  const [sender, subject, messageId] = ["sender", "subject", "message-id"].map((name) => lineOf(lines, name));
  return {
    ...{ sender: sender ?? "", subject: subject ?? "", messageId: messageId ?? "", recipients },
    original: bodyOf(attached).replace(/\r\n$/, ""),
  };
}

/** What stands below a part's own header. */
function bodyOf(part: string): string {
  const gap = /\r?\n\r?\n/.exec(part.slice(2));
  return gap ? part.slice(2 + gap.index + gap[0].length) : "";
}
