/** Whether Microsoft's servers would get through to a mail host: told from the sandbox's zones, its table of hosts and what ails them. Nothing is sent. */
import { makeAtlas } from "../dns/atlas";
import { authoritativeReply } from "../dns/authority";
import { behaviourAt, behaviourOf, leafOf } from "../smtp/behaviour";
import { type MailServer, mailServers } from "../smtp/hosts";
import type { World } from "../world";

const mostAliases = 5;

/** What the authoritative servers say now; no cache is asked. */
function lookUp(world: World, name: string, type: "A" | "MX", hop = 0): string[] {
  const place = makeAtlas(world).find(name.toLowerCase());
  const server = place?.zone.nameServers.find((one) => (one.behaviour ?? "ok") === "ok");
  if (!place || !server || hop > mostAliases) return [];
  const { answers } = authoritativeReply(place.zone, server, name, type, world.clock.now());
  const addresses = answers.flatMap((answer) => (answer.type === "A" ? [answer.data] : []));
  const hosts = answers.flatMap((answer) => (answer.type === "MX" ? [answer.data] : []));
  const alias = answers.flatMap((answer) => (answer.type === "CNAME" ? [answer.data] : [])).at(-1);
  if (addresses.length === 0 && hosts.length === 0 && alias !== undefined) return lookUp(world, alias, type, hop + 1);
  return type === "A" ? addresses : hosts.sort((a, b) => (a.preference ?? 0) - (b.preference ?? 0)).map((host) => host.exchange);
}

export function mxHosts(world: World, domain: string): string[] {
  const hosts = lookUp(world, domain, "MX");
  return hosts.length > 0 ? hosts : [domain];
}

/** "The smart host identity can be the FQDN of a server, an MX record, or an A record" (Set-OutboundConnector). */
function addressOf(world: World, host: string): string | undefined {
  const literal = /^\[?(\d+(?:\.\d+){3})/.exec(host)?.[1];
  if (literal !== undefined) return literal;
  return [host, ...lookUp(world, host, "MX")].flatMap((name) => lookUp(world, name, "A"))[0];
}

export type TlsDemand = { settings: string | null; domain: string | null };
/** The steps of the service's own help page, "Fixing connector validation errors". */
export type Step = { task: "Resolve" | "Connection" | "SMTP EHLO" | "TLS"; problem: string | null };
export type Reached = { host: string; steps: Step[]; server: MailServer | null; isTls: boolean };

export const problemOf = ({ steps }: Reached) => steps.find((step) => step.problem !== null)?.problem ?? null;

export function reach(world: World, host: string, demand: TlsDemand): Reached {
  const address = addressOf(world, host);
  const server = mailServers.find((one) => one.address === address) ?? null;
  const behaviour = behaviourAt(world.hosts, server ? server.names : [host]);
  const isTls = server !== null && server.role !== "outgoing" && behaviour !== "no-starttls";
  const steps: Step[] = [
    { task: "Resolve", problem: address === undefined ? `450 4.4.312 DNS query failed: ${host} could not be resolved.` : null },
    { task: "Connection", problem: connectionProblem(server, behaviour) },
    {
      task: "SMTP EHLO",
      problem: behaviour === "busy" ? "450 4.4.317 Cannot connect to remote server [Message=421 4.3.2 Service not available]" : null,
    },
    { task: "TLS", problem: tlsProblem(world, host, isTls, demand) },
  ];
  const failed = steps.findIndex((step) => step.problem !== null);
  return { host, steps: failed < 0 ? steps : steps.slice(0, failed + 1), server, isTls };
}

function connectionProblem(server: MailServer | null, behaviour: string): string | null {
  if (server === null || behaviour === "silent") return "450 4.4.315 Connection timed out";
  return behaviour === "refused" ? "450 4.4.316 Connection refused [Message=Socket error code 10061]" : null;
}

/** `*` is every name, `*.contoso.com` all below it. */
export const covers = (pattern: string, name: string) =>
  pattern === "*" || pattern === name || (pattern.startsWith("*.") && name.endsWith(pattern.slice(1)));

/** CertificateValidation looks at the chain alone; the name in the certificate counts with DomainValidation (Set-OutboundConnector, TlsSettings). */
function tlsProblem(world: World, host: string, isTls: boolean, { settings, domain }: TlsDemand): string | null {
  if (settings === null || settings === "None") return null;
  if (!isTls) return "450 4.7.321 starttls-not-supported: Destination mail server must support TLS to receive mail.";
  if (settings === "EncryptionOnly") return null;
  const leaf = leafOf(behaviourOf(world.hosts, host));
  const invalid = (why: string) => `450 4.7.320 Certificate validation failed [Message=${why}]`;
  if (leaf === "expired") return invalid("CertExpired");
  if (leaf === "self-signed") return invalid("UntrustedRoot");
  const isNamed = leaf !== "wrong-name" && covers((domain ?? "").toLowerCase(), host.toLowerCase());
  return settings === "DomainValidation" && !isNamed ? invalid("SubjectMismatch") : null;
}
