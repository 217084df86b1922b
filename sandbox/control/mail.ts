/** Mail for tests and the curious: send a message, look into mailboxes and the outbox, make a host ill, publish an MTA-STS policy. */
import { z } from "zod";
import { retractDue } from "../cloudflare/auto-retract";
import { type Handler, json, type SandboxRequest, type SandboxResponse, text } from "../http";
import type { JournalSender } from "../journal/sender";
import { dispositions } from "../mail/disposition";
import { messageWithId, rawOf, releaseMessage, whatBecameOf } from "../mail/index";
import { hostBehaviours } from "../smtp/behaviour";
import { readable } from "../smtp/outbox";
import type { Post } from "../smtp/sender";
import { mtaStsRecords } from "../web/records";
import { findTenant, type World } from "../world";
import { moveByHand, showMailboxes, withoutRaw } from "./mailboxes";
import { noTenant, read } from "./read";

export type MailTools = {
  post: Post;
  journal: JournalSender;
  /** After the table of ailing hosts changed. */
  refresh(): Promise<void>;
  /** The certificate authority, PEM. */
  ca: string;
};

type Answer = SandboxResponse | Promise<SandboxResponse>;
type Part = (request: SandboxRequest, world: World, rest: string, tools: MailTools) => Answer;

const letterShape = z.strictObject({
  tenant: z.string(),
  to: z.string().includes("@"),
  from: z.string().includes("@"),
  subject: z.string(),
  body: z.string().optional(),
  disposition: z.enum(dispositions).optional(),
  via: z.enum(["mx", "direct", "internal"]),
  fromIp: z.union([z.ipv4(), z.ipv6()]).optional(),
  mailFrom: z.string().optional(),
  headers: z.record(z.string(), z.string()).optional(),
});
const behaviourShape = z.strictObject({ host: z.string(), behaviour: z.enum(hostBehaviours) });
const policyShape = z.strictObject({ tenant: z.string(), domain: z.string(), mtaSts: z.string().nullable() });

const send: Part = async (request, world, _, { post, journal }) => {
  const asked = read(request, letterShape);
  if (!asked.ok) return asked.response;
  const { tenant: name, ...letter } = asked.value;
  const tenant = findTenant(world, name);
  if (!tenant) return noTenant();
  const posted = await post(tenant, letter);
  // its journal report, too, is where it belongs before the answer says that all is done
  await journal.sendDue();
  await retractDue(world, tenant);
  return json(200, { ...posted, copies: whatBecameOf(tenant, posted.messageId).map(withoutRaw) });
};

const boxes: Part = (request, world, rest) => {
  if (request.method === "GET") return showMailboxes(request, world);
  return rest === "move" ? moveByHand(request, world) : json(404, { error: "Only /move is done here." });
};

/** By the copy's own id, or by what sending it answered: then the copy that came furthest. */
function rawMessage(world: World, id: string): string | null {
  const found = messageWithId(world, id)?.message;
  if (found) return rawOf(found).toString("utf8");
  const copies = [...world.tenants.values()].flatMap((tenant) => [...tenant.mail.vendor, ...tenant.mail.messages]);
  const copy = copies.filter((one) => one.messageId.startsWith(`<${id}@`) && one.raw !== "").at(-1);
  const sent = copy?.raw ?? world.outbox.find((mail) => mail.id === id)?.raw;
  return sent === undefined ? null : Buffer.from(sent, "latin1").toString("utf8");
}

const message: Part = (request, world, rest) => {
  const [id = "", action] = rest.split("/");
  if (request.method === "POST") {
    const problem = action === "release" ? releaseMessage(world, id) : "Only /release is done here.";
    return problem === null ? json(200, { ok: true }) : json(400, { error: problem });
  }
  const raw = rawMessage(world, id);
  return raw === null ? json(404, { error: "No such message." }) : text(200, raw);
};

/** With subject and text as a person reads them. */
const outbox: Part = async (request, world) => {
  if (request.method === "DELETE") {
    world.outbox.length = 0;
    world.save();
  }
  return json(200, await Promise.all(world.outbox.map(async (mail) => ({ ...mail, ...(await readable(mail)) }))));
};

const ail: Part = async (request, world, _, { refresh }) => {
  if (request.method === "POST") {
    const asked = read(request, behaviourShape);
    if (!asked.ok) return asked.response;
    const { host, behaviour } = asked.value;
    if (behaviour === "ok") world.hosts.delete(host.toLowerCase());
    else world.hosts.set(host.toLowerCase(), behaviour);
    await refresh();
    world.save();
  }
  return json(200, Object.fromEntries(world.hosts));
};

/** The policy and the DNS records that announce it, or neither. */
const policy: Part = (request, world) => {
  const asked = read(request, policyShape);
  if (!asked.ok) return asked.response;
  const { tenant: name, domain, mtaSts } = asked.value;
  const tenant = findTenant(world, name);
  const zone = tenant?.zones.find((one) => domain === one.name || domain.endsWith(`.${one.name}`));
  if (!tenant || !zone) return noTenant();
  const id = `${new Date(world.clock.now()).toISOString().replace(/\D/g, "").slice(0, 14)}Z`;
  const records = mtaStsRecords(domain, id);
  const names = records.map((record) => record.name);
  zone.records = [...zone.records.filter((record) => !names.includes(record.name)), ...(mtaSts === null ? [] : records)];
  zone.serial += 1;
  const { [domain]: _, ...others } = tenant.web ?? {};
  tenant.web = mtaSts === null ? others : { ...others, [domain]: { mtaSts } };
  world.save();
  return json(200, { zone, web: tenant.web });
};

const parts: Record<string, { methods: string[]; answer: Part }> = {
  mail: { methods: ["POST"], answer: send },
  mailboxes: { methods: ["GET", "POST"], answer: boxes },
  messages: { methods: ["GET", "POST"], answer: message },
  outbox: { methods: ["GET", "DELETE"], answer: outbox },
  smtp: { methods: ["GET", "POST"], answer: ail },
  web: { methods: ["POST"], answer: policy },
  ca: { methods: ["GET"], answer: (_, __, ___, { ca }) => text(200, ca) },
};

export function mailControl(tools: MailTools): Handler {
  return async (request, world) => {
    const [, name = "", rest = ""] = /^\/sandbox\/([a-z]+)(?:\/(.*))?$/.exec(request.url.pathname) ?? [];
    const part = parts[name];
    if (!part) return null;
    return part.methods.includes(request.method)
      ? part.answer(request, world, rest, tools)
      : json(405, { error: `Only ${part.methods.join(" and ")} here.` });
  };
}
