/** For tests of the end-to-end proof: switching, connecting, sending and pasting, as verbs over a practice house. Not used by the product. */
import { z } from "zod";
import type { MailProofView, ProofView } from "@/lib/model/mail-proof-view";
import { EGRESS } from "@/lib/profiles/egress";
import type { Customer, Practice } from "./practice";
import { HOUR, type verbs } from "./testing";

const MX = "mxa.global.inbound.cf-emailsecurity.net";
const copies = z.object({
  mailboxes: z.array(z.object({ folders: z.record(z.string(), z.array(z.looseObject({ id: z.string(), messageId: z.string() }))) })),
});

export type Ready = { readonly customer: Customer; readonly domain: string; readonly to: string };
export const filtering = { Name: "Email Security Inbound Connector", EFSkipLastIP: true };
export const lock = { Name: "Secure M365 Inbound", EFSkipLastIP: true, RestrictDomainsToIPAddresses: true };

export const verdicts = ({ checks }: ProofView) => Object.fromEntries(checks.map(({ id, verdict }) => [id, verdict]));
export const ends = ({ paths }: ProofView) => Object.fromEntries(paths.map(({ leg, end }) => [leg, end]));

export function proofVerbs(house: Practice, I: ReturnType<typeof verbs>) {
  async function ready(scenario = "fresh"): Promise<Ready> {
    const customer = await house.customer(scenario);
    const [domain = ""] = await I.chooseDomains(customer);
    return { customer, domain, to: `employee@${domain}` };
  }
  const page = async ({ scope, visitor }: Customer, uc = house.uc): Promise<MailProofView> => {
    const shown = await uc.mailProof.page(scope, visitor);
    if (!shown.ok) throw new Error(shown.problem.say);
    return shown.value;
  };
  const proofOf = async (customer: Customer) => {
    const { proof } = await page(customer);
    if (!proof) throw new Error("There is no proof.");
    return proof;
  };
  const work = async (customer: Customer, uc = house.uc) =>
    uc.work.mailProof({ tenant: customer.scope.tenant, proof: (await proofOf(customer)).id });
  async function send({ customer, to }: Ready) {
    const answer = await house.uc.mailProof.send(customer.scope, customer.visitor, to);
    if (!answer.ok) throw new Error(answer.problem.say);
    await work(customer);
    return proofOf(customer);
  }

  /** The vendor knows the domain, and the mail records name it. */
  async function switched({ customer, domain }: Ready): Promise<void> {
    const secured = {
      id: domain,
      domain,
      allowed_delivery_modes: ["DIRECT"],
      drop_dispositions: [],
      ip_restrictions: [],
      lookback_hops: 1,
      transport: `${domain.replaceAll(".", "-")}.mail.protection.outlook.com`,
    };
    const more = {
      require_tls_inbound: null,
      require_tls_outbound: true,
      regions: ["GLOBAL"],
      folder: null,
      integration_id: null,
      status: "ACTIVE",
      createdAt: 0,
      modifiedAt: 0,
      challenge: null,
    };
    await I.edit(customer, ["cloudflare", "domains"], [{ ...secured, ...more }]);
    await I.dns({ zone: domain, records: [{ type: "MX", name: domain, ttl: 300, preference: 10, exchange: MX }] });
  }

  /** A connector of the tenant; in effect an hour later. */
  async function connected({ customer }: Ready, more: Readonly<Record<string, unknown>>): Promise<void> {
    const [row] = await I.objects(customer, "InboundConnector");
    const blank = {
      Guid: crypto.randomUUID(),
      ConnectorType: "Partner",
      Enabled: true,
      SenderDomains: ["smtp:*;1"],
      SenderIPAddresses: [...EGRESS],
      RequireTls: true,
    };
    const off = {
      RestrictDomainsToIPAddresses: false,
      RestrictDomainsToCertificate: false,
      EFSkipLastIP: false,
      EFSkipIPs: [],
      EFUsers: [],
      EFTestMode: false,
    };
    await I.edit(customer, ["exchange", "InboundConnector"], [...(row ? [row] : []), { ...blank, ...off, ...more }]);
    await I.wait(HOUR);
  }

  async function rawOf(customer: Customer, leg: "mx" | "direct"): Promise<string> {
    const url = (path: string) => ({
      service: "The sandbox",
      method: "GET" as const,
      url: `${house.sandbox.url}/sandbox/${path}`,
      idempotent: true,
    });
    const boxes = await house.sandbox.http.request(url(`mailboxes?tenant=${customer.tenant.id}`));
    if (!boxes.ok) throw new Error(boxes.problem.say);
    const all = copies.parse(JSON.parse(boxes.value.body.toString())).mailboxes.flatMap(({ folders }) => Object.values(folders).flat());
    const copy = all.find((one) => one.messageId.includes(`.${leg}@`));
    const raw = await house.sandbox.http.request(url(`messages/${copy?.id ?? ""}`));
    if (!raw.ok) throw new Error(raw.problem.say);
    return raw.value.body.toString();
  }
  async function paste(customer: Customer, text: string) {
    const { id } = await proofOf(customer);
    const answer = await house.uc.mailProof.paste(customer.scope, id, text);
    return { answer, proof: await proofOf(customer) };
  }
  const said = async (customer: Customer) => {
    const shown = await house.uc.activity(customer.scope, customer.visitor);
    return shown.ok ? shown.value.events.map((event) => event.say) : [];
  };

  return { ready, page, proofOf, work, send, switched, connected, rawOf, paste, said };
}
