/** For tests: judges the step about the way of journal reports in a small world of its own. */
import type { Change } from "@/lib/model/change";
import { fold } from "@/lib/model/mine";
import { area1 } from "@/lib/profiles/area1";
import type { Profile } from "@/lib/profiles/profile";
import { journalConnector } from "./journal-connector";
import { judged } from "./testing";
import { EU, gateway, targetsRow, US, validation } from "./testing-journal";
import { smtpRow } from "./testing-switch";

export const ONE = { addresses: { us: US.address } };
export const TWO = { regions: ["us", "eu"], addresses: { us: US.address, eu: EU.address } };

type World = {
  readonly outbound?: readonly { readonly Name: string }[];
  readonly validations?: readonly object[];
  readonly rules?: readonly object[];
  readonly journal?: readonly object[];
  readonly raw?: object;
  readonly failed?: object;
  readonly mine?: ReturnType<typeof fold>;
  readonly profile?: Profile;
};
export function found(settings: object, world: World = {}) {
  const { outbound: connectors = [gateway()], profile = area1 } = world;
  const domains = [US.domain, EU.domain, "journaling.mailstream-eu-primary.mxrecord.io", "cf-emailsecurity.com", "journalling.example"];
  const hosts = [...US.hosts, ...EU.hosts, "journaling.mxrecord.io"];
  return judged(
    journalConnector,
    settings,
    {
      OutboundConnector: connectors,
      OutboundConnectorValidation: world.validations ?? connectors.map((c) => validation(c.Name)),
      TransportRule: world.rules ?? [],
      JournalRule: world.journal ?? [],
      ...Object.fromEntries(domains.map((d) => [`mxTargets/${d}`, [targetsRow(d)]])),
      ...Object.fromEntries(hosts.map((host) => [`smtpHost/${host}`, [smtpRow(host)]])),
      ...world.raw,
    },
    { profile, mine: world.mine ?? [], failed: { ...world.failed } },
  );
}

/** Receipts of a plan, as the service gave ids. */
export const done = (changes: readonly Change[]) =>
  fold(changes.map((change, i) => (change.do === "new" ? { change, made: `made-${i}` } : { change })));
