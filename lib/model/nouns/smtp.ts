/** What a mail server says when it is called: whether it answers on its port, encrypts, proves its name, and takes mail from us. */
import { z } from "zod";
import { noun } from "../noun";

const readOnly = { permission: "", place: "The mail server itself", labels: {}, shownMs: 0, worksMs: 0 };
const text = z.preprocess((v) => v ?? null, z.string().nullable());

const certificate = z.object({
  /** The chain ends at an authority that is trusted in public, or by a setting. */
  trusted: z.boolean(),
  /** The certificate names the host. */
  matches: z.boolean(),
  subject: z.string(),
  issuer: z.string(),
  /** ISO 8601. */
  validTo: z.string(),
});

export const smtpHostNoun = noun({
  ...readOnly,
  title: "Mail server",
  asked: { cloud: "smtp", question: "host" },
  shape: z
    .object({
      host: z.string(),
      address: text,
      connected: z.boolean(),
      banner: text,
      ehlo: z.boolean(),
      starttls: z.boolean(),
      certificate: z.preprocess((v) => v ?? null, certificate.nullable()),
      problem: text,
    })
    .transform(({ host, ...row }) => ({ Guid: host, Name: host, host, ...row })),
});

/** A call straight at the tenant's own host, from outside, that ends before a message is sent. */
export const directDeliveryNoun = noun({
  ...readOnly,
  title: "Mail straight to Microsoft 365",
  asked: { cloud: "smtp", question: "direct" },
  shape: z
    .object({
      domain: z.string(),
      host: z.string(),
      stage: z.enum(["connect", "tls", "mail", "rcpt"]),
      code: z.preprocess((v) => v ?? null, z.number().nullable()),
      text: z.string(),
      refused: z.boolean(),
    })
    .transform((row) => ({ Guid: row.domain, Name: row.domain, ...row })),
});
