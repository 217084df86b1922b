/** How things stand when test messages are sent: where the mail records lead, the tenant's own host, whether the door is locked, by which connectors mail comes in. */
import { z } from "zod";
import { readAll } from "@/lib/engine/read";
import type { Circumstances } from "@/lib/model/mail-proof";
import type { Vendor } from "@/lib/model/mail-proof-hops";
import { EXCHANGE_WORKS_MS } from "@/lib/model/noun";
import type { Row } from "@/lib/model/nouns";
import { answer, ask, type Known, past, resolve, sinceWhen } from "@/lib/model/query";
import { does } from "@/lib/model/want";
import { profiles } from "@/lib/profiles/all";
import type { Profile } from "@/lib/profiles/profile";
import { filteringWant } from "@/lib/steps/enhanced-filtering";
import { isMicrosoft } from "@/lib/steps/gateways";
import { hostIn } from "@/lib/steps/mx-rows";
import { hopQueries, nextHop } from "@/lib/steps/next-hop";
import { bringsOurMail, isLockDown } from "@/lib/steps/vendor-connector";
import { isAtVendor } from "@/lib/steps/vendor-hosts";
import { type Setup, stepById } from "./setup";

export const vendorOf = ({ vendor, product, egress, dispositionHeader }: Profile): Vendor => ({
  name: vendor,
  product,
  egress: egress.value,
  suffixes: Object.values(profiles).flatMap((profile) => profile.mxSuffixes.value),
  header: dispositionHeader.value,
});

const queriesFor = (setup: Setup, domain: string) => ({
  mx: ask("mx", domain),
  connectors: past(ask("InboundConnector")),
  ...hopQueries({ access: accessOf(setup), domains: [domain] }),
});
type Reads = ReturnType<typeof queriesFor>;

const accessOf = ({ stored }: Setup) => (stored.tenant.access === "consent" ? "consent" : "without");
const words = z.object({ nextHops: z.record(z.string(), z.string()) }).catch({ nextHops: {} });
const hops = z.object({ hop: z.enum(["last", "list"]), hops: z.array(z.string()) }).catch({ hop: "last", hops: [] });
const settingsOf = (setup: Setup, id: string): unknown => {
  const step = stepById(id);
  return step ? setup.settings(step) : {};
};

function own(setup: Setup, domain: string, queries: Reads, known: Known): string | null {
  const [records, before] = [resolve(queries.records, known), resolve(queries.before, known)];
  if (!records.ok || !before.ok) return null;
  const reading = { records: records.value, before: before.value };
  const { nextHops } = words.parse(settingsOf(setup, "choose-domains"));
  const host = nextHop(domain, reading, { access: accessOf(setup), nextHops })?.host;
  return host && isMicrosoft(host) ? host : null; // what somebody typed may be anybody's
}

/** "10 mx.contoso.com", lowest first; of equal ones in the order of the records. */
const byPreference = (row: Row<"mx">): readonly string[] =>
  [...row.hosts].sort((a, b) => Number.parseInt(a, 10) - Number.parseInt(b, 10)).map(hostIn);

function lockOf(queries: Reads, known: Known, rows: readonly Row<"InboundConnector">[], now: number): Circumstances["lock"] {
  if (!rows.some(isLockDown)) return "off";
  const moments = resolve(queries.connectors, known);
  const since = moments.ok ? sinceWhen(moments.value, (m) => m.rows.some(isLockDown)) : null;
  return since !== null && now - since < EXCHANGE_WORKS_MS ? "settling" : "on";
}

function circumstancesIn(setup: Setup, domain: string, queries: Reads, known: Known): Circumstances {
  const now = setup.tenant.world.now();
  const mx = answer(queries.mx, known);
  const row = mx.ok ? mx.value[0] : undefined;
  const connectors = answer(ask("InboundConnector"), known);
  const want = filteringWant(hops.parse(settingsOf(setup, "enhanced-filtering")), setup.profile);
  return {
    at: now,
    mxHosts: row ? byPreference(row) : null,
    isAtVendor: row ? isAtVendor(row) : null,
    ownHost: own(setup, domain, queries, known),
    lock: connectors.ok ? lockOf(queries, known, connectors.value, now) : null,
    connectors: connectors.ok
      ? connectors.value
          .filter((one) => bringsOurMail(one, setup.profile))
          .map((one) => ({ name: one.Name, isFiltering: does("InboundConnector", one, want) }))
      : null,
  };
}

/** Asked now, and remembered as every reading is. */
export async function readCircumstances(setup: Setup, domain: string): Promise<Circumstances> {
  const queries = queriesFor(setup, domain);
  return circumstancesIn(setup, domain, queries, await readAll([queries], setup.tenant, setup.given));
}

/** From what is known without asking, for the page that says what will be sent. */
export const knownCircumstances = (setup: Setup, domain: string, known: Known): Circumstances =>
  circumstancesIn(setup, domain, queriesFor(setup, domain), known);
