/** Zones of the account: the list, and the one that holds a domain's records. */
import { z } from "zod";
import { no, ok, type Result } from "@/lib/base/result";
import { PERMISSIONS } from "@/lib/model/cloudflare-token";
import type { Account } from "./account";
import { everyPage } from "./call";

/** The most that the API gives at once. */
const PER_PAGE = 50;

const zoneShape = z.object({
  id: z.string(),
  name: z.string(),
  status: z.string(),
  type: z.string(),
  name_servers: z.array(z.string()).nullish(),
});
export type Zone = z.infer<typeof zoneShape>;

async function zonesOf(account: Account, name?: string): Promise<Result<readonly Zone[]>> {
  const { client, accountId } = account;
  const narrowed = name === undefined ? {} : { name };
  const listed = await everyPage(account, PERMISSIONS.zoneRead.name, (page) =>
    client.zones.list({ account: { id: accountId }, page, per_page: PER_PAGE, ...narrowed }),
  );
  if (!listed.ok) return listed;
  const read = z.array(zoneShape).safeParse(listed.value);
  return read.success ? ok(read.data) : no("unreadable", "Cloudflare sent a zone in a form that we do not know.");
}

export const readZones = (account: Account): Promise<Result<readonly Zone[]>> => zonesOf(account);

/** contoso.co.uk, co.uk: the name itself and what is above it, but for the top. */
function namesAbove(domain: string): readonly string[] {
  const labels = domain.split(".");
  return labels.slice(0, -1).map((_, nth) => labels.slice(nth).join("."));
}

/** The zone nearest to the name. Only an active zone with full setup answers for its records. */
export async function zoneOf(account: Account, domain: string): Promise<Result<Zone>> {
  for (const name of namesAbove(domain)) {
    const zones = await zonesOf(account, name);
    if (!zones.ok) return zones;
    const found = zones.value.filter((zone) => zone.name.toLowerCase() === name);
    const [first] = found;
    if (first === undefined) continue;
    const live = found.find((zone) => zone.status === "active" && zone.type === "full");
    if (live !== undefined) return ok(live);
    return no(
      "rejected",
      `The zone ${name} in your Cloudflare account is not in use (${first.status}, ${first.type}): its records would have no effect.`,
      {
        fix: "Change the records at the DNS host that your domain’s name servers belong to.",
      },
    );
  }
  return no("rejected", `The Cloudflare account of this token has no zone for ${domain}, or the token may not see it.`, {
    fix: `Give the token ${PERMISSIONS.zoneRead.name} and ${PERMISSIONS.dnsEdit.name} for this zone, or change the records by hand.`,
  });
}
