/** The DNS host's own form: every record of a zone with its TTL, one table for each name server that holds its own copy. */
import { type DnsRecord, dropCopy, type NameServer, ownCopy, type Tenant, type Zone } from "../tenant";
import { dataOf, recordFrom, recordTypes } from "./dns-records";
import { button, choice, hidden, line } from "./fields";
import { type Markup, markup } from "./markup";
import { action, type Section } from "./section";

function row(record: DnsRecord, index: number): Markup {
  const what = `${record.type} ${record.name}`;
  return markup`<tr><td>${record.type}${hidden(`type-${index}`, record.type)}</td><td>${record.name}${hidden(`name-${index}`, record.name)}</td>
<td><input name="ttl-${index}" value="${record.ttl}" inputmode="numeric" aria-label="TTL of ${what}"></td>
<td><input name="data-${index}" value="${dataOf(record)}" aria-label="Value of ${what}"></td>
<td><input type="checkbox" name="remove-${index}" aria-label="Remove ${what}"></td></tr>`;
}

function table(tenant: Tenant, zone: Zone, server: NameServer | undefined): Markup {
  const records = server?.recordsOverride ?? zone.records;
  const title = server ? `${zone.name} as ${server.name} has it` : zone.name;
  return markup`<form method="post" action="${action(tenant, "dns")}"><fieldset><legend>${title}</legend>
${hidden("zone", zone.name)}${hidden("server", server?.name ?? "")}${hidden("count", String(records.length))}
<div class="scroll"><table><thead><tr><th scope="col">Type</th><th scope="col">Name</th><th scope="col">TTL (seconds)</th><th scope="col">Value</th><th scope="col">Remove</th></tr></thead><tbody>${records.map(row)}</tbody></table></div>
<details><summary>Add a record to ${title}</summary>${choice("type-new", "Type", "MX", recordTypes)}${line("name-new", "Name", zone.name)}${line("ttl-new", "TTL (seconds)", "3600")}${line("data-new", "Value", "")}</details>
<div class="row">${button(`Save ${title}`)} ${server ? button("Copy the zone's records to this server", "same") : ""}</div></fieldset></form>`;
}

function show(tenant: Tenant, now: number): Markup {
  return markup`${tenant.zones.map((zone) => {
    const own = zone.nameServers.filter((server) => ownCopy(server, now));
    return markup`<p><strong>${zone.name}</strong> is hosted at ${zone.host} (lowest TTL ${zone.lowestTtl} seconds): ${zone.nameServers.map((server) => server.name).join(", ")}.</p>
${table(tenant, zone, undefined)}${own.map((server) => table(tenant, zone, server))}`;
  })}`;
}

/** A record keeps its id at Cloudflare, and "Auto" while its TTL is not touched. */
function kept(before: DnsRecord | undefined, record: DnsRecord): DnsRecord {
  if (before?.type !== record.type || before.name !== record.name) return record;
  return {
    ...record,
    ...(before.auto && before.ttl === record.ttl ? { auto: true } : {}),
    ...(before.cloudflare ? { cloudflare: before.cloudflare } : {}),
  };
}

/** The form's rows, and the new one where its value is filled in. */
function recordsOf(form: URLSearchParams, before: DnsRecord[], lowestTtl: number): DnsRecord[] | string {
  const records: DnsRecord[] = [];
  const rows = Array.from({ length: Number(form.get("count")) || 0 }, (_, index) => String(index)).filter(
    (index) => !form.has(`remove-${index}`),
  );
  for (const key of [...rows, ...(form.get("data-new") ? ["new"] : [])]) {
    const field = (name: string) => (form.get(`${name}-${key}`) ?? "").trim();
    const ttl = /^\d+$/.test(field("ttl")) ? Number(field("ttl")) : Number.NaN;
    const record = recordFrom(field("type"), field("name"), ttl, field("data"));
    if (typeof record === "string") return record;
    if (ttl < lowestTtl) return `This host takes no TTL under ${lowestTtl} seconds.`;
    records.push(kept(before[Number(key)], record));
  }
  return records;
}

function act(tenant: Tenant, form: URLSearchParams): string | null {
  const zone = tenant.zones.find((one) => one.name === form.get("zone"));
  if (!zone) return "There is no such zone.";
  const server = zone.nameServers.find((one) => one.name === form.get("server"));
  if (server && form.get("do") === "same") dropCopy(server);
  else {
    const records = recordsOf(form, server?.recordsOverride ?? zone.records, zone.lowestTtl);
    if (typeof records === "string") return records;
    if (server) dropCopy(server).recordsOverride = records;
    else zone.records = records;
  }
  zone.serial += 1;
  return null;
}

export const dnsRecords: Section = {
  id: "dns",
  title: "DNS records",
  show: (tenant, world) => show(tenant, world.clock.now()),
  act: (tenant, _, form) => act(tenant, form),
};
