/** What a domain's own web hosts say about its mail: the MTA-STS policy, and where the DNS host lets records be edited (Domain Connect). */
import { z } from "zod";
import { noun } from "../noun";
import { list } from "../spelling";

const readOnly = { permission: "", labels: {}, shownMs: 0, worksMs: 24 * 3_600_000 };
const text = z.preprocess((v) => v ?? null, z.string().nullable());

export const mtaStsNoun = noun({
  ...readOnly,
  title: "MTA-STS policy",
  asked: { cloud: "web", question: "mtaSts" },
  place: "Your web server",
  shape: z
    .object({
      domain: z.string(),
      /** The TXT record at _mta-sts; null where there is none. */
      record: text,
      /** `maxAge` in seconds. */
      policy: z.preprocess((v) => v ?? null, z.object({ mode: z.string(), mx: list, maxAge: z.number() }).nullable()),
      problem: text,
    })
    .transform(({ domain, ...row }) => ({ Guid: domain, Name: domain, ...row })),
});

export const domainConnectNoun = noun({
  ...readOnly,
  title: "Domain Connect",
  asked: { cloud: "web", question: "domainConnect" },
  place: "Your DNS host",
  shape: z
    .object({ zone: z.string(), provider: text, controlPanel: text })
    .transform(({ zone, ...row }) => ({ Guid: zone, Name: zone, ...row })),
});
