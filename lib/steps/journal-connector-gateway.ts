/** Whether a gateway carries outgoing mail, and so journal reports as well: what was read, and the admin's own word, which outranks it. */
import { type Check, fail, onWord, pass } from "@/lib/model/check";
import type { Row } from "@/lib/model/nouns";
import type { Profile } from "@/lib/profiles/profile";
import type { JournalConnectorSettings } from "./journal-connector-settings";
import { listed } from "./spans";

export type Outbound = Row<"OutboundConnector">;
type Rule = Row<"TransportRule">;
type Word = JournalConnectorSettings["gateway"];

/** `smtp:*;1` is another spelling of `*`. */
const plain = (domain: string): string => domain.replace(/^smtp:/, "").replace(/;\d+$/, "");
export const domainsIn = ({ RecipientDomains }: Outbound): readonly string[] => RecipientDomains.map(plain);

/** A domain, `*` for all, or `*.company.com` for all below one. */
export const covers = (held: string, domain: string): boolean =>
  held === "*" || held === domain || (held.startsWith("*.") && domain.endsWith(held.slice(1)));

/** It takes part in the way of ordinary mail: not only where a rule sends it, and not as a trial. */
export const isInUse = (c: Outbound): boolean => c.Enabled && !c.IsTransportRuleScoped && !c.TestMode;

const isForAll = (c: Outbound): boolean => isInUse(c) && domainsIn(c).includes("*");
const isCentral = (c: Outbound): boolean => c.Enabled && c.ConnectorType === "OnPremises" && c.RouteAllMessagesViaOnPremises;
/** Transport rules that hand mail to a connector. Journal reports pass no transport rule. */
const isRouting = (rule: Rule): boolean => rule.Enabled && rule.Actions.includes("RouteMessageOutboundConnector");

/** How reports would leave. By its MX records is not through a gateway, even where a connector for all mail asks for TLS. */
export type Leaving = {
  readonly by: "hybrid" | "gateway" | "rule" | "mx";
  readonly names: readonly string[];
};

export function leavingBy(outbound: readonly Outbound[], rules: readonly Rule[]): Leaving {
  const names = (rows: readonly { readonly Name: string }[]) => rows.map((row) => row.Name);
  const central = outbound.filter(isCentral);
  if (central.length > 0) return { by: "hybrid", names: names(central) };
  const gateways = outbound.filter((c) => isForAll(c) && !c.UseMXRecord);
  if (gateways.length > 0) return { by: "gateway", names: names(gateways) };
  const scoped = [...rules.filter(isRouting), ...outbound.filter((c) => c.Enabled && c.IsTransportRuleScoped)];
  return scoped.length > 0 ? { by: "rule", names: names(scoped) } : { by: "mx", names: [] };
}

/** Whether reports need a connector of their own, by what was read or by word. */
export const isNeeded = (leaving: Leaving, word: Word): boolean => word === "yes" || (word === "look" && leaving.by === "gateway");

const quoted = (names: readonly string[]): string => listed(names.map((name) => `“${name}”`));
const FOUND: Readonly<Record<Leaving["by"], (names: string) => string>> = {
  hybrid: (names) => `${names} sends all mail through mail servers of your own`,
  gateway: (names) => `${names} sends all outgoing mail through another company's servers`,
  rule: (names) => `only mail that a rule picks takes another way (${names}), and rules don't touch journal reports`,
  mx: () => "no connector sends all outgoing mail through somebody else's servers",
};

function wordCheck(word: "yes" | "no", found: string): Check {
  const about = "A gateway for outgoing mail, on your word";
  const saw =
    word === "yes"
      ? `You said that a gateway carries your outgoing mail, so reports get a connector of their own. What we read: ${found}.`
      : `You said that no gateway carries your outgoing mail, so reports need no connector. What we read: ${found}.`;
  return onWord("needed", saw, "Choose “Look for it” below if you are not sure: then what is read counts.", { about });
}

/** The answer with its evidence. */
export function neededCheck(leaving: Leaving, word: Word, { vendor }: Profile): Check {
  const about = "A gateway for outgoing mail";
  const found = FOUND[leaving.by](quoted(leaving.names));
  if (word !== "look") return wordCheck(word, found);
  const said = `${found.charAt(0).toUpperCase()}${found.slice(1)}.`;
  if (leaving.by === "hybrid")
    return fail(
      "needed",
      `${said} Journal reports go there too, and no connector of Cutover's changes that.`,
      `Let those servers deliver mail to ${vendor}'s journaling domains directly, or turn off centralized mail transport in the Hybrid Configuration Wizard. When reports reach ${vendor}, choose “No gateway” below.`,
      { about },
    );
  if (leaving.by === "gateway")
    return pass("needed", `${said} Reports would go there as well: they need a connector of their own.`, { about });
  return pass("needed", `${said} Reports go straight to ${vendor}: no connector is needed.`, { about });
}
