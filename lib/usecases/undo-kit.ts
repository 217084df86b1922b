/** The undo kit: one file to keep before the first change, that puts the tenant back when Cutover itself is down. */
import { no, ok, type Result } from "@/lib/base/result";
import { readAll } from "@/lib/engine/read";
import { fold, type Mine, markOf } from "@/lib/model/mine";
import type { Row } from "@/lib/model/nouns";
import { kitFor } from "@/lib/model/powershell/kit";
import { isList, propsOf } from "@/lib/model/props";
import { type Answer, answer, ask, per, resolve } from "@/lib/model/query";
import type { TenantScope } from "@/lib/model/scope";
import { beforeUs } from "@/lib/model/want";
import { inWords, labelOf } from "@/lib/model/words";
import { domainsIn } from "@/lib/steps/index";
import { journalRegions } from "@/lib/steps/journal-regions";
import { regionSettings } from "@/lib/steps/journal-regions-settings";
import { rowIn } from "@/lib/steps/mx-rows";
import { kitOf, kitQueries } from "@/lib/steps/undo-kit";
import type { Deps } from "./deps";
import type { Download } from "./script";
import { loadSetup, type Setup } from "./setup";

const ROLE = "Exchange Administrator";

const mxQuery = (domains: readonly string[]) => per(domains, (domain) => ask("mx", domain));

/** MX records as they were before us, a sentence a domain. */
function mxLines(domains: readonly string[], answers: Answer<ReturnType<typeof mxQuery>>, mine: Mine): readonly string[] {
  return domains.map((domain) => {
    const row = rowIn(answers, domain);
    if (row === null) return `MX records of ${domain}: they could not be read when this kit was made.`;
    const was = { ...propsOf(row), ...beforeUs(propsOf(row), markOf(mine, "mx", domain)) };
    const hosts = Array.isArray(was["hosts"]) ? was["hosts"].join(", ") : "";
    return `MX records of ${domain}: set them back to ${hosts || "none"}, with a TTL of ${String(was["ttl"])} seconds, at your DNS host.`;
  });
}

const AT_VENDOR = "At the vendor: leave the domains as they are until mail goes the old way.";
const SET_AT_VENDOR = ["deliveryModes", "hops", "forwardingTo", "ipRestrictions", "tlsOutbound", "quarantined", "regions"] as const;

/** Domains at the vendor as they were before us, a sentence each; without a token nobody knows which of them were there. */
function vendorLines(domains: readonly string[], rows: readonly Row<"EmailSecurityDomain">[] | null, mine: Mine): readonly string[] {
  if (rows === null) return [AT_VENDOR, "Then those that were added for Cutover may be deleted there."];
  const each = domains.map((domain) => {
    const row = rows.find((one) => one.Name === domain);
    const mark = row && markOf(mine, "EmailSecurityDomain", row.Guid);
    if (!row || mark?.made) return `Then delete ${domain} there: it was added for Cutover.`;
    const was = beforeUs(propsOf(row), mark);
    const said = SET_AT_VENDOR.map((property) => {
      const value = was[property] ?? null;
      const words = isList(value) ? value.join(", ") || "none" : inWords("EmailSecurityDomain", property, value);
      return `${labelOf("EmailSecurityDomain", property)}: ${words}`;
    });
    return `Then set ${domain} there back to ${said.join("; ")}.`;
  });
  return [AT_VENDOR, ...each];
}

/** Lists that a region's people are put into: whether one was there before, and whom others put in, a kit cannot know. */
function listLines(setup: Setup): readonly string[] {
  const lists = Object.values(regionSettings.parse(setup.settings(journalRegions)).lists);
  if (lists.length === 0) return [];
  return [
    `Distribution lists for journaling (${lists.join(", ")}): nothing depends on them once the journal rules are gone. If Cutover made them, you may delete them in Exchange admin center > Recipients > Groups.`,
  ];
}

const mineOfAll = ({ stored }: Setup): Mine => fold(stored.entries.filter((e) => e.what === "done"));

export const undoKit =
  (deps: Deps) =>
  async (scope: TenantScope): Promise<Result<Download>> => {
    const loaded = await loadSetup(deps, scope);
    if (!loaded.ok) return loaded;
    const setup = loaded.value;
    const domains = domainsIn(setup.settings);
    const mx = mxQuery(domains);
    const known = await readAll([kitQueries, { mx, vendor: ask("EmailSecurityDomain") }], setup.tenant, setup.given);
    const mine = mineOfAll(setup);
    const kit = kitOf(known, mine);
    const answers = resolve(mx, known);
    if (kit === null || !answers.ok)
      return no("not-ready", "Not everything that an undo kit needs could be read, and half a kit is none.", {
        fix: "Give Cutover access, or upload what the scripts of the steps have read, and try again.",
      });
    const at = deps.clock.now();
    await deps.store.events.add(scope, { kind: "kit-made", at });
    const account = answer(ask("EmailSecurityDomain"), known);
    const vendor = vendorLines(domains, account.ok ? account.value : null, mine);
    const byHand = [...mxLines(domains, answers.value, mine), ...vendor, ...listLines(setup)];
    const text = kitFor({ ...kit, tenant: scope.tenant, role: ROLE, madeAt: new Date(at).toISOString(), byHand });
    return ok({ fileName: `cutover-undo-kit-${new Date(at).toISOString().slice(0, 10)}.ps1`, text });
  };
