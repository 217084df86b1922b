/** Domains of Email Security: the list, each with what proves that it is the customer's. Source: settings/domains of the July 2026 specification. */
import { z } from "zod";
import { createGate } from "@/lib/base/gate";
import { no, ok, type Result } from "@/lib/base/result";
import { PERMISSIONS } from "@/lib/model/cloudflare-token";
import type { Account } from "./account";
import { came, everyPage } from "./call";

export const READ = { permission: PERMISSIONS.emailRead.name, isWrite: false };
const PER_PAGE = 100;
const AT_ONCE = 8;

/** Every property may be left out. */
const setting = z.unknown().default(null);
/** Ids were numbers before SDK 6, `status` lower case before 7.2; what the noun does not read is left out, counters above all. */
const domainShape = z.object({
  id: z.union([z.string(), z.number()]).transform(String),
  domain: z.string(),
  allowed_delivery_modes: setting,
  drop_dispositions: setting,
  ip_restrictions: setting,
  transport: setting,
  require_tls_outbound: setting,
  require_tls_inbound: setting,
  lookback_hops: setting,
  regions: setting,
  status: z.string().nullish(),
});
type Domain = z.infer<typeof domainShape>;

export function domainOf(raw: unknown): Result<Domain> {
  const read = domainShape.safeParse(raw);
  return read.success ? ok(read.data) : no("unreadable", "Cloudflare sent a domain in a form that we do not know.");
}

/** Of all domains, or of one. */
export const pathOf = ({ accountId }: Account, id?: string): string =>
  `/accounts/${encodeURIComponent(accountId)}/email-security/settings/domains${id === undefined ? "" : `/${encodeURIComponent(id)}`}`;

/** The TXT record that proves ownership; null where none is needed: 204, and 404 for domains that are older than the question. */
async function challengeOf(account: Account, { id, status }: Domain): Promise<Result<unknown>> {
  if (status?.toUpperCase() === "ACTIVE") return ok(null);
  const answer = await came(account, READ, () => account.client.get(`${pathOf(account, id)}/verification`).asResponse());
  if (answer.ok) return ok(answer.value.result);
  return answer.problem.code === "gone" ? ok(null) : answer;
}

export type Listed = Result<readonly unknown[]>;

/** As the API sends them. */
export const listDomains = (account: Account): Promise<Listed> =>
  everyPage(account, READ.permission, (page) =>
    account.client.emailSecurity.settings.domains.list({ account_id: account.accountId, page, per_page: PER_PAGE }),
  );

export async function readDomains(account: Account, listed: Listed): Promise<Result<readonly unknown[]>> {
  if (!listed.ok) return listed;
  const gate = createGate(AT_ONCE);
  const rows = await Promise.all(
    listed.value.map((raw) =>
      gate(async (): Promise<Result<unknown>> => {
        const domain = domainOf(raw);
        if (!domain.ok) return domain;
        const verification = await challengeOf(account, domain.value);
        return verification.ok ? ok({ ...domain.value, verification: verification.value }) : verification;
      }),
    ),
  );
  const failed = rows.find((row) => !row.ok);
  return failed && !failed.ok ? failed : ok(rows.flatMap((row) => (row.ok ? [row.value] : [])));
}
