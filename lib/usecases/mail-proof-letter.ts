/** The two test messages: who they are from, what they say, and that they may be deleted. ASCII, so that every server takes them. */
import { randomUUID } from "node:crypto";
import type { LegName, Legs } from "@/lib/model/mail-proof";
import { domainOf } from "@/lib/model/mail-proof";

const SUBJECTS: Readonly<Record<LegName, string>> = {
  mx: "Cutover test message 1 of 2: by your mail records. You may delete it",
  direct: "Cutover test message 2 of 2: straight at Microsoft. You may delete it",
};
const WAYS: Readonly<Record<LegName, string>> = {
  mx: "This one took the way that everybody's mail takes: by the mail records (MX) of your domain.",
  direct:
    "This one went straight to your organisation's own host at Microsoft, past the mail records. Once the door is locked it must be refused.",
};

/** "Cutover <cutover@company.example>" -> "cutover@company.example"; null where no other mail server would take it. */
export function senderIn(mailFrom: string): string | null {
  const address = /<([^<>\s]+)>\s*$/.exec(mailFrom)?.[1] ?? mailFrom.trim();
  return /^[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+$/.test(address) ? address : null;
}

export function newLegs(from: string): Legs {
  const leg = (name: LegName) => ({
    name,
    messageId: `<${randomUUID()}.${name}@${domainOf(from)}>`,
    subject: SUBJECTS[name],
    sending: { state: "waiting", said: null } as const,
    trace: null,
    traceProblem: null,
    lookedAt: null,
  });
  return { mx: leg("mx"), direct: leg("direct") };
}

/** RFC 5322's date, in UTC. */
const dated = (at: number): string => new Date(at).toUTCString().replace("GMT", "+0000");

export function letterOf(
  { name, messageId, subject }: Legs[LegName],
  { from, to, at, page }: { readonly from: string; readonly to: string; readonly at: number; readonly page: string },
): string {
  return [
    `Date: ${dated(at)}`,
    `From: Cutover <${from}>`,
    `To: <${to}>`,
    `Subject: ${subject}`,
    `Message-ID: ${messageId}`,
    // Nobody's out-of-office answers it (RFC 3834; the second is Exchange's own).
    "Auto-Submitted: auto-generated",
    "X-Auto-Response-Suppress: All",
    "MIME-Version: 1.0",
    "Content-Type: text/plain; charset=us-ascii",
    "",
    "Somebody of your company who sets up email security asked Cutover to send this test message.",
    WAYS[name],
    "",
    "You may delete it. To see what its headers prove, copy them to this page:",
    page,
    "",
  ].join("\r\n");
}
