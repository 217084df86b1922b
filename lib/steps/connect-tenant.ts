/** Connect the tenant: is every permission there, and can this tenant do it at all? Changes nothing. */
import { z } from "zod";
import { no } from "@/lib/base/result";
import { pass, unknown } from "@/lib/model/check";
import { ask, per, type Query } from "@/lib/model/query";
import type { Profile } from "@/lib/profiles/profile";
import { access, DEFAULT_TRACKS, tenantKeys } from "./access";
import { connectTexts } from "./connect-tenant-texts";
import { grantChecks } from "./grant-checks";
import { permissionsOf, usedBy } from "./permissions";
import { connectorChecks, organizationChecks } from "./readiness";
import { defineStep, type Evidence, type Step } from "./shape";
import { ticked } from "./ticked";

const settings = z.object({ access, tracks: ticked.default([...DEFAULT_TRACKS]) });

/** Keyed, although there is one of each: Exchange's refusal must not hide which permission is missing. */
const queries = ({ access: chosen }: z.infer<typeof settings>) => {
  const keys = tenantKeys(chosen);
  return {
    grants: per(keys, () => ask("grants")),
    organization: per(keys, () => ask("organization")),
    inbound: per(keys, () => ask("InboundConnector")),
    outbound: per(keys, () => ask("OutboundConnector")),
  } satisfies Record<string, Query>;
};

const notAsked = no("not-asked", "This has not been read yet.", { fix: "Look again." });
const WITHOUT =
  "Cutover has no access to your tenant. Every later step gives you a script to run, or the settings to make by hand, and judges what the script saved.";

const TO_FETCH: Evidence = {
  title: "What to have at hand",
  columns: ["What", "Who has it", "For"],
  rows: [
    ["Somebody who may grant access", "Global Administrator, or Privileged Role Administrator", "This step, once"],
    ["Somebody who may change mail settings", "Exchange Administrator", "Scripts and settings made by hand"],
    [
      "Somebody who may edit DNS records",
      "Whoever runs your DNS, perhaps another team or your web host",
      "Shortening how long mail records are remembered, and later the switch",
    ],
  ],
};

const HOW_LONG: Evidence = {
  title: "How long it takes, honestly",
  columns: ["What", "How long"],
  rows: [
    ["Your own part in these eight steps", "About an hour"],
    ["Settings at Microsoft until they work", "15 minutes to an hour"],
    ["A tenant that was never customised", "Up to 24 hours more, often half an hour"],
    ["Mail records until the old ones are forgotten", "As long as their TTL was, often an hour, at times a day or more"],
  ],
};

/** @param othersOf the other steps of these tracks: the permissions asked for are theirs, and are written down at the nouns alone. */
export function connectTenant(othersOf: (tracks: readonly string[]) => readonly Step[]): Step {
  const step: Step = defineStep({
    id: "connect-tenant",
    needs: [],
    isSkippedEnough: false,
    canSkip: false,
    inherits: { tracks: "choose-domains" },
    ways: {
      us: "This step only looks. Use the buttons above to grant access.",
      script: "Nobody can grant consent by a script of ours: sign in and agree, or go on without access.",
      hand: true,
    },
    texts: connectTexts,
    settings,
    atFirst: { access: "consent", tracks: [...DEFAULT_TRACKS] },
    queries,
    checks({ grants, organization, inbound, outbound }, { access: chosen, tracks }, profile) {
      if (chosen === "without") return [pass("without-access", WITHOUT)];
      const { tenant: granted = notAsked } = grants;
      const { tenant: found = notAsked } = organization;
      const needed = usedBy([step, ...othersOf(tracks)], profile);
      return [
        ...(granted.ok ? grantChecks(granted.value, needed) : [unknown("grants", granted.problem, { about: "Permissions" })]),
        ...(found.ok ? organizationChecks(found.value) : [unknown("organization", found.problem, { about: "Your subscription" })]),
        ...connectorChecks(inbound["tenant"] ?? notAsked, outbound["tenant"] ?? notAsked, profile),
      ];
    },
    changes: () => [],
    evidence: (_, { access: chosen, tracks }, profile) =>
      chosen === "without" ? [TO_FETCH, HOW_LONG] : [permissionTable(step, othersOf(tracks), profile), TO_FETCH, HOW_LONG],
  });
  return step;
}

const permissionTable = (step: Step, others: readonly Step[], profile: Profile): Evidence => {
  const uses = usedBy(others, profile);
  const own = permissionsOf(step, profile).filter((p) => !uses.has(p));
  return {
    title: "What each permission is for",
    columns: ["Permission", "Used by"],
    rows: [...own.map((p) => [p, step.texts(profile).title]), ...[...uses].map(([p, titles]) => [p, titles.join(" · ")])],
  };
};
