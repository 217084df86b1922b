/** For tests of what reads mail: a vendor of messages that notes what it was asked. Not used by the product. */
import { no, ok, type Result } from "@/lib/base/result";
import type { FoundMessage } from "@/lib/model/found-message";
import type { MailSearch } from "@/lib/model/mail-search";
import type { Messages } from "./deps";

export const foundMessage = (more: Partial<FoundMessage> = {}): FoundMessage => ({
  id: "4Njp3P0STMz2c02Q-2026-11-24T10:00:00-12345678",
  messageId: "<a@sender.example>",
  at: Date.UTC(2026, 10, 24, 10),
  from: "sender@sender.example",
  fromName: "Sender",
  envelopeFrom: "bounce@sender.example",
  to: ["person@contoso.example"],
  recipients: ["person@contoso.example"],
  subject: "Invoice",
  disposition: "MALICIOUS",
  deliveryMode: "JOURNAL",
  deliveryStatus: ["delivered"],
  alertId: "alert-1",
  reasons: ["Malicious link"],
  isQuarantined: false,
  operations: [],
  ...more,
});

type Asked = { readonly search: MailSearch; readonly cursor: string | null; readonly most: number };

/** Pages of these messages by a cursor that counts; ids that are not among them are gone. */
export function fakeMessages(rows: readonly FoundMessage[]) {
  const searches: Asked[] = [];
  const asked: string[] = [];
  const gone = no("gone", "There is no such message.");
  const of =
    <T>(name: string, value: T) =>
    async (_access: unknown, id: string): Promise<Result<T>> => {
      asked.push(`${name} ${id}`);
      return rows.some((row) => row.id === id) ? ok(value) : gone;
    };
  const messages: Messages = {
    search: async (_access, search, { cursor, most }) => {
      searches.push({ search, cursor, most });
      const from = cursor === null ? 0 : Number(cursor);
      return ok({ rows: rows.slice(from, from + most), next: from + most < rows.length ? String(from + most) : null });
    },
    one: async (_access, id) => {
      asked.push(`one ${id}`);
      const row = rows.find((one) => one.id === id);
      return row ? ok(row) : gone;
    },
    detections: of("detections", {
      action: "QUARANTINED",
      disposition: "MALICIOUS",
      findings: [],
      threats: [],
      links: [],
      attachments: [],
      validation: { spf: "fail", dkim: "none", dmarc: "fail" },
      sender: { ip: "203.0.113.9", network: "", country: "" },
    }),
    trace: of("trace", { inbound: { lines: [], isPending: false }, outbound: { lines: [], isPending: true } }),
    actions: of("actions", []),
    picture: of("picture", new Uint8Array([0x89, 0x50, 0x4e, 0x47])),
    raw: of("raw", new TextEncoder().encode("Subject: Invoice\r\n\r\nHello")),
    move: async () => no("not-asked", "Not in this test."),
    release: async () => no("not-asked", "Not in this test."),
  };
  return { messages, searches, asked };
}
