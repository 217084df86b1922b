/** What a cmdlet does to the state: the rules of Exchange as published, without any code of lib/model. */
import { whyRefused } from "./contract";
import { arranged, keptOf, kindOf, RULE_DEFAULTS, whyWrong } from "./handling-writes";
import { JOURNAL_DEFAULTS, membersAfter, whyNoJournal } from "./journal-writes";
import { type Obj, objects, type State, withMore, withObject } from "./state";

export type Parameters = Readonly<Record<string, unknown>>;
export type Refusal = { readonly code: "rejected" | "exists" | "gone" | "not-ready"; readonly say: string };
export type Written = { readonly state: State; readonly guid: string } | { readonly refusal: Refusal };

const DEFAULTS: Readonly<Record<string, Parameters>> = {
  InboundConnector: {
    Comment: null,
    Enabled: true,
    ConnectorType: "Partner",
    SenderDomains: [],
    SenderIPAddresses: [],
    RequireTls: true,
    RestrictDomainsToIPAddresses: false,
    RestrictDomainsToCertificate: false,
    TlsSenderCertificateName: null,
    EFSkipLastIP: false,
    EFSkipIPs: [],
    EFUsers: [],
    EFTestMode: false,
  },
  TransportRule: RULE_DEFAULTS,
  ...JOURNAL_DEFAULTS,
};
const SINGLE = new Set(["OrganizationConfig", "TransportConfig"]);
/** Rules that Set- can neither turn on nor off. */
const SWITCHED = new Set(["TransportRule", "JournalRule"]);
const MAX_ALLOWED = 1273;

const refused = (code: Refusal["code"], say: string): Written => ({ refusal: { code, say } });
const isDelta = (v: unknown): v is { readonly Add?: readonly string[]; readonly Remove?: readonly string[] } =>
  typeof v === "object" && v !== null && !Array.isArray(v);
const strings = (v: unknown): readonly string[] => (Array.isArray(v) ? v.map(String) : []);
const addedTo = (v: unknown): readonly string[] => (isDelta(v) ? (v.Add ?? []) : strings(v));

function valueAfter(held: unknown, given: unknown): unknown {
  if (!isDelta(given)) return given;
  const kept = strings(held).filter((entry) => !(given.Remove ?? []).includes(entry));
  return [...new Set([...kept, ...(given.Add ?? [])])];
}

const isTooLarge = (ip: string) => ip.includes("/") && Number(ip.split("/")[1]) < 24;

function invalid(kind: string, verb: string, p: Parameters, held: Obj | undefined): string | null {
  const large = [...addedTo(p["SenderIPAddresses"]), ...addedTo(p["IPAllowList"])].find((ip) => isTooLarge(ip) || ip.includes(":"));
  if (large) return `${large} is not a valid IP address or a network of /24 to /32.`;
  if (kind === "InboundConnector" && verb === "New" && strings(p["SenderDomains"]).length === 0) return "SenderDomains is empty.";
  if (kind === "HostedConnectionFilterPolicy" && strings(valueAfter(held?.["IPAllowList"], p["IPAllowList"])).length > MAX_ALLOWED)
    return "The list holds more than 1273 entries.";
  return null;
}

/** Only what organisations hold before they are customised can be written. */
function isDehydrated(state: State, kind: string, verb: string): boolean {
  if (objects(state, "OrganizationConfig")[0]?.["IsDehydrated"] !== true) return false;
  return verb === "New" || kind.startsWith("Hosted");
}

const settingsOf = (p: Parameters): Parameters =>
  Object.fromEntries(
    Object.entries(p).filter(([name]) => !["Identity", "Name", "Confirm", "Type", "BypassSecurityGroupManagerCheck"].includes(name)),
  );

function customize(state: State): Written {
  const config = objects(state, "OrganizationConfig")[0];
  if (config?.["IsDehydrated"] !== true)
    return refused("exists", "This operation is not required. Organization is already enabled for customization.");
  return { state: withObject(state, "OrganizationConfig", config.Guid, (o) => ({ ...o, IsDehydrated: false })), guid: config.Guid };
}

function put(state: State, kind: string, verb: string, p: Parameters, held: Obj | undefined, fresh: string): Written {
  if (verb === "Remove") return { state: { ...state, [kind]: objects(state, kind).filter((o) => o !== held) }, guid: held?.Guid ?? "" };
  const given = keptOf(kind, settingsOf(p));
  if (verb === "New") {
    const made: Obj = {
      ...DEFAULTS[kind],
      ...Object.fromEntries(Object.entries(given).map(([name, v]) => [name, valueAfter([], v)])),
      Guid: kind === "DistributionGroup" ? String(p["PrimarySmtpAddress"]) : fresh,
      Name: String(p["Name"]),
    };
    return { state: withMore(state, kind, made), guid: made.Guid };
  }
  const guid = held?.Guid ?? "";
  return {
    state: withObject(state, kind, guid, (o) => ({
      ...o,
      ...Object.fromEntries(Object.entries(given).map(([name, v]) => [name, valueAfter(o[name], v)])),
    })),
    guid,
  };
}

/** A test mail goes out; what came of it is noted by another call. */
function validated(state: State, p: Parameters): Written {
  const held = objects(state, "OutboundConnector").find((o) => o.Guid === p["Identity"] || o.Name === p["Identity"]);
  return held ? { state, guid: held.Guid } : refused("gone", `The object '${String(p["Identity"])}' couldn't be found.`);
}

/** @param fresh the id that a new object gets. */
export function write(state: State, cmdlet: string, p: Parameters, fresh: string): Written {
  const why = whyRefused(cmdlet, p);
  if (why) return refused("rejected", why);
  if (cmdlet === "Enable-OrganizationCustomization") return customize(state);
  const [said = "", noun = ""] = cmdlet.split("-");
  const kind = kindOf(noun, p, state);
  if (noun === "DistributionGroupMember") {
    const after = membersAfter(state, cmdlet, p);
    return "code" in after ? { refusal: after } : after;
  }
  const isSwitch = SWITCHED.has(kind) && (said === "Enable" || said === "Disable");
  const verb = isSwitch ? "Set" : said;
  const given = isSwitch ? { ...p, Enabled: said === "Enable" } : p;
  if (cmdlet === "Validate-OutboundConnector") return validated(state, p);
  if (!["New", "Set", "Remove"].includes(verb)) return refused("rejected", `${cmdlet} is not known to this tenant.`);
  if (isDehydrated(state, kind, verb))
    return refused(
      "not-ready",
      "This command isn't allowed before the organization is customized. Run Enable-OrganizationCustomization first.",
    );
  const all = objects(state, kind);
  const held = SINGLE.has(kind) ? all[0] : all.find((o) => o.Guid === p["Identity"] || o.Name === p["Identity"]);
  if (verb === "New" && all.some((o) => o.Name === p["Name"]))
    return refused("exists", `The object '${String(p["Name"])}' already exists.`);
  if (verb !== "New" && !held) return refused("gone", `The object '${String(p["Identity"])}' couldn't be found.`);
  const wrong = invalid(kind, verb, p, held) ?? whyWrong(state, kind, verb, p, held) ?? whyNoJournal(state, kind, verb, p);
  if (wrong) return refused("rejected", wrong);
  const written = put(state, kind, verb, given, held, fresh);
  return "state" in written ? { ...written, state: arranged(written.state, kind, written.guid, p) } : written;
}
