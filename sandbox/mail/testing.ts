/** For tests of mail: a world with one tenant, a letter by MX or straight at Microsoft, and what became of it. */
import { byHand } from "../exchange/by-hand";
import { mailHostOf } from "../scenarios/base";
import { egress } from "../scenarios/egress";
import { newTenant } from "../scenarios/index";
import type { SecuredDomain, Tenant } from "../tenant";
import { makeWorld, type World } from "../world";
import { type Message, microsoftData, microsoftRcpt, type Reply, vendorData, vendorRcpt } from "./index";

export type Letter = {
  to?: string;
  mailFrom?: string;
  subject?: string;
  headers?: Record<string, string>;
  ip?: string;
  isTls?: boolean;
  host?: string;
};

export type Post = {
  world: World;
  tenant: Tenant;
  domain: string;
  /** Straight at Microsoft's host; the refusal, or the copy that came to lie there. */
  direct(letter?: Letter): Reply | Message;
  /** Through the vendor; the copies at the vendor and at Microsoft. */
  byMx(letter?: Letter): { refusal: Reply | null; vendor: Message | undefined; microsoft: Message | undefined };
  set(cmdlet: string, parameters: Record<string, unknown>): void;
};

export function post(scenario: string, area = "cloudflare"): Post {
  const tenant = newTenant(scenario);
  if (!tenant) throw new Error(`no scenario ${scenario}`);
  const world = makeWorld({ tenants: [tenant], sharedZones: [] });
  const domain = tenant.domains[0]?.id ?? "";
  let sent = 0;
  const written = (letter: Letter) => {
    sent += 1;
    const { to = `employee@${domain}`, mailFrom = "person@sender.example", subject = "Hello", headers = {} } = letter;
    const messageId = `<${sent}@test.example>`;
    const all = { From: mailFrom, To: to, Subject: subject, "Message-ID": messageId, ...headers };
    const head = Object.entries(all).map(([name, value]) => `${name}: ${value}\r\n`);
    return { to, mailFrom, messageId, raw: Buffer.from(`${head.join("")}\r\nA line.\r\n`) };
  };
  const session = (letter: Letter, serverHost: string, mailFrom: string) => ({
    ...{ serverHost, mailFrom, helo: "mail.sender.example" },
    ...{ clientIp: letter.ip ?? "203.0.113.7", isTls: letter.isTls ?? true },
  });
  return {
    world,
    tenant,
    domain,
    direct: (letter = {}) => {
      const { to, mailFrom, messageId, raw } = written(letter);
      const from = session(letter, letter.host ?? mailHostOf(domain), mailFrom);
      const refusal = microsoftRcpt(world, from, to);
      if (refusal) return refusal;
      const reply = microsoftData(world, from, [to], raw);
      return tenant.mail.messages.find((one) => one.messageId === messageId) ?? reply;
    },
    byMx: (letter = {}) => {
      const { to, mailFrom, messageId, raw } = written(letter);
      const host = area === "area1" ? "mailstream-central.mxrecord.mx" : "mxa.global.inbound.cf-emailsecurity.net";
      const from = session(letter, host, mailFrom);
      const refusal = vendorRcpt(world, from, to);
      if (!refusal) vendorData(world, from, [to], raw);
      const [vendor, microsoft] = [tenant.mail.vendor, tenant.mail.messages].map((list) => list.find((one) => one.messageId === messageId));
      return { refusal, vendor, microsoft };
    },
    set: (cmdlet, parameters) => {
      const problem = byHand(world, tenant, cmdlet, parameters);
      if (problem) throw new Error(problem);
      world.clock.advance(tenant.traits.worksLagMs + 1);
    },
  };
}

/** The vendor knows the tenant's first domain. */
export function secure({ tenant, domain }: Post, more: Partial<SecuredDomain> = {}): SecuredDomain {
  const secured: SecuredDomain = {
    ...{ id: domain, domain, allowed_delivery_modes: ["DIRECT"], drop_dispositions: [], ip_restrictions: [], lookback_hops: 1 },
    ...{ transport: mailHostOf(domain), require_tls_inbound: null, require_tls_outbound: true, regions: ["GLOBAL"], folder: null },
    ...{ integration_id: null, status: "ACTIVE", createdAt: 0, modifiedAt: 0, challenge: null },
    ...more,
  };
  tenant.cloudflare.domains = [secured];
  return secured;
}

/** The gateway's MX instead of Microsoft's. */
export function moveMx({ tenant }: Post): void {
  for (const zone of tenant.zones) {
    for (const record of zone.records) if (record.type === "MX") record.exchange = "mxa.global.inbound.cf-emailsecurity.net";
  }
}

export const connector = (more: Record<string, unknown> = {}) => ({
  ...{
    Name: "Gateway",
    ConnectorType: "Partner",
    SenderDomains: ["*"],
    SenderIPAddresses: [...egress],
    RequireTls: true,
    EFSkipLastIP: true,
  },
  ...more,
});
