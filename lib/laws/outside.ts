/** What the world outside the tenant answers: the vendor's API, mail servers, web hosts, resolvers. Computed from the state; shares no code with lib/model. */
import { validations } from "./journal-rows";
import { type Obj, objects, type State } from "./state";
import type { Spelling } from "./wire";

type Answer = readonly object[] | null;
type Mx = { readonly preference: number; readonly exchange: string };

const mxOf = (state: State, domain: string): readonly Mx[] => {
  const hosts = objects(state, "mx").find((o) => o.Guid === domain)?.["hosts"];
  return Array.isArray(hosts) ? hosts : [];
};

/** As the vendor's API spells it: `status` once in capitals and once not, an empty next hop left out. */
function secured(o: Obj, spelling: Spelling): object {
  const transport = o["forwardingTo"];
  return {
    id: o.Guid,
    domain: o.Name,
    allowed_delivery_modes: o["deliveryModes"],
    drop_dispositions: spelling === 1 && Array.isArray(o["quarantined"]) ? o["quarantined"].toReversed() : o["quarantined"],
    ip_restrictions: o["ipRestrictions"],
    ...(transport === null || transport === undefined
      ? {}
      : { transport: spelling === 1 ? `${String(transport).toUpperCase()}.` : transport }),
    require_tls_outbound: o["tlsOutbound"] ?? null,
    require_tls_inbound: o["tlsInbound"] ?? null,
    lookback_hops: o["hops"] ?? null,
    regions: o["regions"],
    status: spelling === 1 ? String(o["status"] ?? "ACTIVE").toLowerCase() : (o["status"] ?? "ACTIVE"),
    verification: null,
  };
}

const isLocked = (state: State): boolean =>
  objects(state, "InboundConnector").some((o) => o["Enabled"] === true && o["RestrictDomainsToIPAddresses"] === true);

/** Microsoft's host refuses strangers when the door is locked; the vendor's takes mail for domains it knows. */
function direct(state: State, of: string): object {
  const [domain = "", host = ""] = of.split("@");
  const isMicrosofts = host.endsWith(".outlook.com");
  const refused = isMicrosofts ? isLocked(state) : !objects(state, "EmailSecurityDomain").some((o) => o.Name === domain);
  return {
    domain,
    host,
    stage: "rcpt",
    code: refused ? 550 : 250,
    text: refused ? "5.7.51 TenantInboundAttribution" : "2.1.5 OK",
    refused,
  };
}

const CERTIFICATE = { trusted: true, matches: true, subject: "the host", issuer: "An authority", validTo: "2030-01-01T00:00:00.000Z" };

const answers: Readonly<Record<string, (state: State, of: string) => readonly object[]>> = {
  smtpHost: (_, host) => [
    {
      host,
      address: "192.0.2.25",
      connected: true,
      banner: `220 ${host}`,
      ehlo: true,
      starttls: true,
      certificate: CERTIFICATE,
      problem: null,
    },
  ],
  directDelivery: (state, of) => [direct(state, of)],
  mxTargets: (state, domain) => [
    {
      domain,
      targets: mxOf(state, domain).map(({ exchange }) => ({
        host: exchange,
        addresses: ["192.0.2.25"],
        cname: null,
        isAddress: false,
        problem: null,
      })),
    },
  ],
  domainConnect: (_, zone) => [{ zone, provider: null, controlPanel: null }],
  OutboundConnectorValidation: validations,
  people: (state) => objects(state, "people"),
  vendorApplication: (state, name) => objects(state, "vendorApplication").filter((o) => o["name"] === name),
  roleHolder: (state, role) => objects(state, "roleHolder").filter((o) => o["role"] === role),
  Recipient: (state, address) =>
    [...objects(state, "DistributionGroup"), ...objects(state, "Recipient")].filter((o) => o["PrimarySmtpAddress"] === address),
  processed: (state) => objects(state, "EmailSecurityDomain").map((o) => ({ domain: o.Name, total: 7, deliveryModes: o["deliveryModes"] })),
  journaled: () => [],
};

/** Resolvers know what name servers said an hour ago. */
export const remembered = (o: Obj, before: State): Obj => {
  const seen = o["seen"];
  return Array.isArray(seen) ? { ...o, seen: seen.map((s: object) => ({ ...s, hosts: mxOf(before, o.Guid) })) } : o;
};

/** null: this kind is held in the state as it is. */
export function outside(state: State, kind: string, of: string, spelling: Spelling): Answer {
  if (kind === "EmailSecurityDomain") return objects(state, kind).map((o) => secured(o, spelling));
  if (kind === "cfZone")
    return objects(state, kind).map((o) => ({
      id: o.Guid,
      name: o.Name,
      status: o["status"],
      type: o["type"],
      name_servers: o["nameServers"],
    }));
  return answers[kind]?.(state, of) ?? null;
}

/** The vendor's API and its zones need a token. */
export const isUnasked = (state: State, kind: string): boolean =>
  ["EmailSecurityDomain", "cfZone", "processed", "journaled"].includes(kind) && objects(state, "token").length === 0;
