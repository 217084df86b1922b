/** Sends a message into the sandbox: as a stranger's mail server would, by MX or straight at the tenant's own host, over real SMTP; or as one of its people. */
import { randomUUID } from "node:crypto";
import MailComposer from "nodemailer/lib/mail-composer";
import type { Authority } from "../ca/index";
import type { Disposition } from "../mail/disposition";
import { domainOf } from "../mail/headers";
import { type Reply, submit } from "../mail/index";
import type { Tenant } from "../tenant";
import type { World } from "../world";
import { converse, type Said } from "./dialogue";
import { type Hop, type Lookup, lookupAt, type Route } from "./route";
import { allows, type Sts, stsOf } from "./sts";

export type Letter = {
  /** One address, or several with commas: they go to the hosts of the first one's domain. */
  to: string;
  /** An address, or `Name <address>`. */
  from: string;
  subject: string;
  body?: string | undefined;
  /** What the vendor's stand-in is to think of it. */
  disposition?: Disposition | undefined;
  /** `internal`: one of the tenant's people sends it, to somebody inside or outside. */
  via: "mx" | "direct" | "internal";
  /** The address it comes from; a stranger's without. */
  fromIp?: string | undefined;
  /** Envelope sender, where it is not the From address. */
  mailFrom?: string | undefined;
  headers?: Record<string, string> | undefined;
};

export type Attempt = Hop & Said;
export type Outcome = {
  result: "accepted" | "refused" | "deferred";
  /** Of the last host that was tried. */
  host: string | null;
  code: number | null;
  text: string;
  attempts: Attempt[];
};
export type Posted = { id: string; messageId: string; outcome: Outcome };
export type Post = (tenant: Tenant, letter: Letter) => Promise<Posted>;

export const addressOf = (person: string): string => /<([^<>\s]+)>\s*$/.exec(person)?.[1] ?? person.trim();
const addressesOf = (people: string): string[] => people.split(",").map(addressOf);

const stranger = "mail.stranger.example";

async function written(world: World, letter: Letter, messageId: string): Promise<Buffer> {
  const verdict = letter.disposition === undefined ? {} : { "X-Sandbox-Verdict": letter.disposition };
  const composer = new MailComposer({
    from: letter.from,
    to: letter.to,
    subject: letter.subject,
    text: letter.body ?? "This is a test message.",
    date: new Date(world.clock.now()),
    messageId,
    headers: { ...verdict, ...letter.headers },
  });
  return composer.compile().build();
}

/** Straight at Microsoft: the host of the recipient's domain, of the tenant's default domain where the recipient's is not the tenant's. */
async function direct(lookup: Lookup, tenant: Tenant, domain: string): Promise<Route> {
  const own = tenant.domains.find((one) => one.id === domain) ?? tenant.domains.find((one) => one.isDefault);
  const host = own?.mxHost;
  if (!host) return { hops: [], problem: `${tenant.name} has no mail host.` };
  const addresses = await lookup.addresses(host);
  return { hops: addresses.map((address) => ({ host, address })), problem: addresses.length === 0 ? `${host} has no address.` : null };
}

const isFinal = ({ code }: Said) => code !== null && (code < 400 || code >= 500);

function outcome(route: Route, attempts: Attempt[]): Outcome {
  const last = attempts.at(-1);
  const { host = null, code = null } = last ?? {};
  const result = code !== null && code < 400 ? "accepted" : last === undefined || isFinal(last) ? "refused" : "deferred";
  return { result, host, code, text: last?.text ?? route.problem ?? "", attempts };
}

const submitted = ({ code, text }: Reply): Outcome => ({ result: "accepted", host: "smtp.office365.com", code, text, attempts: [] });

const notNamed: Said = { code: null, text: "The domain's MTA-STS policy does not name this host.", isTls: false, lines: [] };

export function makePost(world: World, authority: Authority, ports: { dns: number; smtp: number; web: number }): Post {
  const lookup = lookupAt(ports.dns);
  const tries = async (route: Route, sts: Sts, call: Omit<Parameters<typeof converse>[0], "host" | "address" | "port">) => {
    const attempts: Attempt[] = [];
    const ca = sts.isEnforced ? authority.pem : undefined;
    for (const hop of route.hops) {
      const isBarred = sts.isEnforced && !allows(sts, hop.host);
      const said = isBarred ? notNamed : await converse({ ...call, ...hop, port: ports.smtp, ca });
      attempts.push({ ...hop, ...said });
      if (isFinal(said)) break;
    }
    return attempts;
  };
  return async (tenant, letter) => {
    const id = randomUUID();
    const [to, from] = [addressesOf(letter.to), addressOf(letter.from)];
    const messageId = `<${id}@${domainOf(from)}>`;
    const raw = await written(world, letter, messageId);
    if (letter.via === "internal") return { id, messageId, outcome: submitted(submit(world, tenant, { mailFrom: from, rcpts: to, raw })) };
    const domain = domainOf(to[0] ?? "");
    const route = letter.via === "mx" ? await lookup.route(domain) : await direct(lookup, tenant, domain);
    const none = { isEnforced: false, mx: [] };
    const sts = letter.via === "mx" ? await stsOf(lookup, domain, { port: ports.web, ca: authority.pem }) : none;
    const attempts = await tries(route, sts, { helo: stranger, from: letter.mailFrom ?? from, to, raw, clientIp: letter.fromIp });
    return { id, messageId, outcome: outcome(route, attempts) };
  };
}
