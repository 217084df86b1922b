/** Somebody else at work in the same tenant. */
import { type Obj, objects, type State, withMore, withObject } from "./state";

const strings = (v: unknown): readonly string[] => (Array.isArray(v) ? v.map(String) : []);

export const connectorNamed = (Guid: string, Name: string): Obj => ({
  Comment: null,
  Enabled: true,
  ConnectorType: "Partner",
  SenderDomains: ["wingtip.example"],
  SenderIPAddresses: ["3.3.3.3"],
  RequireTls: true,
  RestrictDomainsToIPAddresses: false,
  RestrictDomainsToCertificate: false,
  TlsSenderCertificateName: null,
  EFSkipLastIP: false,
  EFSkipIPs: [],
  EFUsers: [],
  EFTestMode: false,
  Guid,
  Name,
});

const withEntry =
  (property: string, entry: string) =>
  (o: Obj): Obj => ({ ...o, [property]: [...strings(o[property]), entry] });

/** An entry more in lists of objects that were there, an object more, a rule more: nothing of ours is touched. */
export function meddled(state: State): State {
  const listed = withObject(state, "HostedConnectionFilterPolicy", "cf", withEntry("IPAllowList", "8.8.8.8"));
  const connected = withMore(
    withObject(listed, "InboundConnector", "c1", withEntry("SenderIPAddresses", "2.2.2.2")),
    "InboundConnector",
    connectorNamed("m1", "Made since"),
  );
  return withMore(connected, "TransportRule", {
    Guid: "m2",
    Name: "Rule made since",
    State: "Enabled",
    Priority: objects(state, "TransportRule").length,
    SetSCL: null,
    SenderIpRanges: [],
  });
}

/** What no step's plan is about. */
export const besideThePoint = (state: State): State =>
  withMore(
    withObject(state, "HostedConnectionFilterPolicy", "cf", withEntry("IPAllowList", "8.8.4.4")),
    "InboundConnector",
    connectorNamed("m3", "Beside the point"),
  );
