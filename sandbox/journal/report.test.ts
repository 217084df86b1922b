import PostalMime from "postal-mime";
import { expect, test } from "vitest";
import { type Original, readReport, reportOf } from "./report";

const raw = [
  "From: Person <person@outside.example>",
  "To: sales@fabrikam.example",
  "Cc: Employee <employee@fabrikam.example>",
  "Subject: =?utf-8?Q?Gr=C3=BC=C3=9Fe?=",
  "Message-ID: <1@outside.example>",
  'Content-Type: multipart/mixed; boundary="inner"',
  "",
  "--inner",
  "",
  "A line.",
  "--inner--",
  "",
].join("\r\n");
const original: Original = {
  ...{ sender: "person@outside.example", subject: "Grüße", messageId: "<1@outside.example>", raw },
  recipients: [
    { address: "admin@fabrikam.example", list: "sales@fabrikam.example" },
    { address: "employee@fabrikam.example", list: null },
    { address: "hidden@fabrikam.example", list: null },
  ],
};
const sending = { tenantId: "t", initialDomain: "fabrikam.onmicrosoft.com", address: "fabrikam@journaling.mxrecord.io", id: "1", at: 0 };

test("a mail program sees the envelope as text and the original attached whole", async () => {
  const mail = await PostalMime.parse(Buffer.from(reportOf(original, sending), "latin1"), { forceRfc822Attachments: true });
  expect(mail.text?.trim().split(/\r?\n/)).toEqual([
    "Sender: person@outside.example",
    "Subject: Grüße",
    "Message-Id: <1@outside.example>",
    "To: admin@fabrikam.example, Expanded: sales@fabrikam.example",
    "Cc: employee@fabrikam.example",
    "Recipient: hidden@fabrikam.example",
  ]);
  expect(mail.subject).toBe("Grüße");
  const [attached] = mail.attachments;
  expect(attached?.mimeType).toBe("message/rfc822");
  const bytes = attached?.content;
  expect(
    Buffer.from(typeof bytes === "string" ? bytes : new Uint8Array(bytes ?? new ArrayBuffer()))
      .toString("latin1")
      .trim(),
  ).toBe(raw.trim().replaceAll("\r\n", "\n"));
});

test("who takes a report reads back what was put in, the original to the byte", () => {
  expect(readReport(reportOf(original, sending))).toEqual({
    ...{ sender: original.sender, subject: "Grüße", messageId: original.messageId, original: raw },
    recipients: original.recipients.map(({ address }) => address),
  });
});

test("ordinary mail, and a report inside another's mail, is no report", () => {
  expect(readReport(raw)).toBeNull();
  expect(readReport(`Subject: Fwd\r\n\r\n${reportOf(original, sending)}`)).toBeNull();
});
