/** Let Microsoft see past the vendor: enhanced filtering on the connectors by which the vendor's mail comes in. */
import { z } from "zod";
import { coversIp } from "@/lib/model/addresses";
import { type Check, fail, pass, warn } from "@/lib/model/check";
import type { Row } from "@/lib/model/nouns";
import { ask } from "@/lib/model/query";
import { does, edit, leave, type Want } from "@/lib/model/want";
import type { Profile } from "@/lib/profiles/profile";
import { enhancedFilteringTexts } from "./enhanced-filtering-texts";
import { hopList } from "./hops";
import { mailGone } from "./mail-gone";
import { defineStep, type Evidence, type Field } from "./shape";
import { ticked } from "./ticked";
import { bringsOurMail, type Connector, doesTheJob, isForEverySender } from "./vendor-connector";

const settings = z
  .object({
    /** Guids of somebody else's connectors that may be changed as well. */
    others: ticked.default([]),
    /** `list`: another server stands between the vendor and Microsoft. */
    hop: z.enum(["last", "list"], "Choose one of the two.").default("last"),
    hops: hopList.default([]),
  })
  .refine(({ hop, hops }) => hop === "last" || hops.length > 0, {
    path: ["hops"],
    message: "Enter the addresses of the servers in between.",
  });
type Settings = z.infer<typeof settings>;

/** A list of hops is ignored while the last one is skipped by itself, so nobody's list is emptied for that. */
export function filteringWant({ hop, hops }: Pick<Settings, "hop" | "hops">, { egress }: Profile): Want<"InboundConnector"> {
  const forAll = { EFUsers: [], EFTestMode: false };
  if (hop === "last") return { ...forAll, EFSkipLastIP: true };
  return { ...forAll, EFSkipLastIP: false, EFSkipIPs: { including: [...hops, ...egress.value], covers: coversIp } };
}

/** Somebody else's connector for mail of every sender: mail may be counted as coming in by it. */
const isOther = (c: Connector, profile: Profile): boolean =>
  c.Enabled && c.ConnectorType === "Partner" && isForEverySender(c) && !bringsOurMail(c, profile);

const meantFor = (connectors: readonly Connector[], { others }: Settings, profile: Profile): readonly Connector[] =>
  connectors.filter((c) => bringsOurMail(c, profile) || (isOther(c, profile) && others.includes(c.Guid)));

function otherCheck(c: Connector, chosen: Settings, profile: Profile): readonly Check[] {
  if (chosen.others.includes(c.Guid) || does("InboundConnector", c, filteringWant(chosen, profile))) return [];
  return [
    warn(
      `other/${c.Guid}`,
      `“${c.Name}” takes mail of every sender too, from somebody else's servers, and does not look past them. Mail that Microsoft counts as coming in by it is judged by the wrong server.`,
      "Find out whose it is. Tick it below if it should be changed as well, or turn it off if nobody needs it.",
      { about: `Connector “${c.Name}”` },
    ),
  ];
}

const isBypass = (rule: Row<"TransportRule">): boolean => rule.Enabled && rule.SetSCL === -1;

const bypassCheck = (rule: Row<"TransportRule">): Check =>
  warn(
    `bypass/${rule.Guid}`,
    `The mail flow rule “${rule.Name}” switches the spam filter off for mail it matches (SCL -1). Enhanced filtering then has nothing to do for that mail.`,
    "Turn the rule off if it was for another gateway: Exchange admin center > Mail flow > Rules. Microsoft says so of every such rule.",
    { about: `Rule “${rule.Name}”` },
  );

const mode = (c: Connector): string => {
  if (c.EFSkipLastIP) return "Skips the last address";
  return c.EFSkipIPs.length > 0 ? `Skips a list of ${c.EFSkipIPs.length}` : "Off";
};

const table = (connectors: readonly Connector[], profile: Profile): Evidence => ({
  title: "Enhanced filtering on partner connectors",
  columns: ["Connector", "Whose mail", "Enhanced filtering", "For whom", "Test mode"],
  rows: connectors.map((c) => [
    c.Name,
    bringsOurMail(c, profile) ? `${profile.vendor}'s` : isForEverySender(c) ? "Every sender's" : c.SenderDomains.join(", "),
    mode(c),
    c.EFUsers.length === 0 ? "Everybody" : `${c.EFUsers.length} addresses only`,
    c.EFTestMode ? "On" : "Off",
  ]),
});

function fieldsFor(others: readonly Connector[], chosen: Settings, { vendor }: Profile): readonly Field[] {
  const hop: Field = {
    name: "hop",
    type: "choice",
    label: `What is between ${vendor} and Microsoft?`,
    options: [
      { value: "last", label: "Nothing", hint: `${vendor} hands your mail to Microsoft. Microsoft skips the last address.` },
      {
        value: "list",
        label: "Another server in between",
        hint: "An archive, a relay, servers of your own. Microsoft skips a list of addresses.",
      },
    ],
  };
  const hops: Field = {
    name: "hops",
    type: "text",
    label: "Addresses of the servers in between",
    hint: `Only for “Another server in between”. Public IPv4 addresses or networks from /24 to /32, separated by spaces or commas. ${vendor}'s own are added.`,
    placeholder: "203.0.113.10, 203.0.113.64/27",
    value: chosen.hops.join(", "),
  };
  const options = others.map((c) => ({ value: c.Guid, label: c.Name, hint: mode(c) }));
  if (options.length === 0) return [hop, hops];
  return [
    hop,
    hops,
    {
      name: "others",
      type: "choices",
      label: "Change these connectors too?",
      hint: "They are somebody else's. Without a tick, they stay as they are.",
      options,
    },
  ];
}

export const enhancedFiltering = defineStep({
  id: "enhanced-filtering",
  needs: ["inbound-connector"],
  isSkippedEnough: false,
  canSkip: true,
  inherits: {},
  undoGuard: mailGone,
  guards: ["connector"],
  ways: { us: true, script: true, hand: true },
  texts: enhancedFilteringTexts,
  settings,
  atFirst: { others: [], hop: "last", hops: [] },
  queries: () => ({ connectors: ask("InboundConnector"), rules: ask("TransportRule") }),
  checks({ connectors, rules }, chosen, profile) {
    const ours = connectors.find((c) => doesTheJob(c, profile));
    const there = ours
      ? pass("connector", `“${ours.Name}” brings ${profile.vendor}'s mail.`, { about: "The connector" })
      : fail("connector", `No connector brings ${profile.vendor}'s mail yet.`, "Do the step about the connector first.", {
          about: "The connector",
          step: "inbound-connector",
        });
    return [
      there,
      ...connectors.filter((c) => isOther(c, profile)).flatMap((c) => otherCheck(c, chosen, profile)),
      ...rules.filter(isBypass).map(bypassCheck),
    ];
  },
  changes({ connectors }, chosen, profile, mine) {
    const meant = meantFor(connectors, chosen, profile);
    const want = filteringWant(chosen, profile);
    const used = meant.map((c) => c.Guid);
    return [...meant.flatMap((c) => edit("InboundConnector", c, want, mine)), ...leave("InboundConnector", connectors, mine, used)];
  },
  fields: ({ connectors }, chosen, profile) =>
    fieldsFor(
      connectors.filter((c) => isOther(c, profile)),
      chosen,
      profile,
    ),
  evidence({ connectors }, _settings, profile) {
    const partners = connectors.filter((c) => c.ConnectorType === "Partner");
    return partners.length > 0 ? [table(partners, profile)] : [];
  },
});
