import { createTransport } from "nodemailer";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { type Sandbox, startSandbox } from "../start";
import { type HostBehaviour, hostBehaviours } from "./behaviour";
import { mailServers, microsoftAddress, senderAddress } from "./hosts";
import { type Client, dial, serverOf } from "./testing";

let sandbox: Sandbox;
const clients: Client[] = [];
beforeAll(async () => {
  sandbox = await startSandbox({ port: 0, dnsPort: 0 });
});
afterAll(() => sandbox.close());
beforeEach(async () => {
  for (const client of clients.splice(0)) client.end();
  for (const host of sandbox.world.hosts.keys()) await ail(host, "ok");
  sandbox.world.outbox.length = 0;
});

const vendor = "mxa.global.inbound.cf-emailsecurity.net";
const control = async (path: string, body?: unknown) => {
  const request = body === undefined ? {} : { method: "POST", body: JSON.stringify(body) };
  return (await fetch(`${sandbox.url}/sandbox/${path}`, request)).json();
};
const ail = (host: string, behaviour: HostBehaviour) => control("smtp", { host, behaviour });
const call = async (host: string, from?: string) => {
  const client = await dial(serverOf(host)?.address ?? host, sandbox.smtpPort, from);
  clients.push(client);
  return client;
};
/** Why a client that trusts the sandbox's root won't have it; "" where it will. */
const distrust = async (host: string) => {
  const client = await call(host);
  await client.say("EHLO test.example");
  return client.starttls({ servername: host, ca: sandbox.ca }).then(
    () => "",
    (problem: NodeJS.ErrnoException) => problem.code ?? problem.message,
  );
};

test("every mail host proves its name to whoever trusts the sandbox's root, tenants' own hosts included", async () => {
  const hosts = mailServers.filter(({ role }) => role !== "microsoft" && role !== "outgoing").flatMap(({ names }) => names);
  for (const host of [...hosts, "fabrikam-example.mail.protection.outlook.com"]) expect([host, await distrust(host)]).toEqual([host, ""]);
});

test("a client that names no host gets the certificate of the server's first name", async () => {
  const client = await call("gmail-smtp-in.l.google.com");
  await client.say("EHLO test.example");
  const socket = await client.starttls({ ca: sandbox.ca, checkServerIdentity: () => undefined });
  expect(socket.getPeerCertificate().subject["CN"]).toBe("gmail-smtp-in.l.google.com");
});

test("a host is ill in the way that was asked for, and well again afterwards", async () => {
  expect(hostBehaviours).toContain("no-starttls");
  for (const [behaviour, said] of [
    ["expired", "CERT_HAS_EXPIRED"],
    ["self-signed", "DEPTH_ZERO_SELF_SIGNED_CERT"],
    ["wrong-name", "ERR_TLS_CERT_ALTNAME_INVALID"],
  ] as const) {
    await ail(vendor, behaviour);
    expect(await distrust(vendor)).toBe(said);
  }
  await ail(vendor, "busy");
  expect((await call(vendor)).greeting).toMatch(/^421 /);
  await ail(vendor, "no-starttls");
  expect(await (await call(vendor)).say("EHLO test.example")).not.toContain("STARTTLS");
  await ail(vendor, "refused");
  expect((await call(vendor)).greeting).toBe("");
  await ail(vendor, "ok");
  expect(await (await call(vendor)).say("EHLO test.example")).toContain("STARTTLS");
});

test("a silent host takes the call and says nothing", async () => {
  await ail(vendor, "silent");
  const quiet = call(vendor);
  const loud = await call("mxb.global.inbound.cf-emailsecurity.net");
  expect(loud.greeting).toMatch(/^220 /);
  expect(await Promise.race([quiet, loud.say("NOOP").then(() => "still nothing")])).toBe("still nothing");
  await ail(vendor, "refused"); // hangs up
  expect((await quiet).greeting).toBe("");
});

test("only the sandbox's own sender may say that it is somebody else", async () => {
  const anybody = await call(microsoftAddress);
  expect(await anybody.say("EHLO test.example")).not.toContain("XCLIENT");
  expect(await anybody.say("XCLIENT ADDR=192.0.2.1")).toMatch(/^550 /);
  const sender = await call(microsoftAddress, senderAddress);
  await sender.say("EHLO test.example");
  expect(await sender.say("XCLIENT ADDR=192.0.2.1")).toMatch(/^220 /);
});

test("a probe that ends before the message leaves a trace of what it asked and no mail", async () => {
  const probe = await call(microsoftAddress);
  await probe.say("EHLO test.example");
  await probe.say("MAIL FROM:<probe@test.example>");
  await probe.say("RCPT TO:<postmaster@fabrikam.example>");
  await probe.say("RSET");
  expect(await probe.say("QUIT")).toMatch(/^221 /);
  const [asked] = sandbox.world.log.read({ service: "smtp" }).slice(-1);
  expect(asked).toMatchObject({ method: "RCPT", path: "postmaster@fabrikam.example @mail.protection.outlook.com" });
});

test("the reference host greets and accepts nothing", async () => {
  const client = await call("gmail-smtp-in.l.google.com");
  await client.say("EHLO test.example");
  await client.say("MAIL FROM:<probe@test.example>");
  expect(await client.say("RCPT TO:<postmaster@fabrikam.example>")).toMatch(/^550 /);
});

test("mail through the outgoing server is kept and read back as a person would", async () => {
  const transport = createTransport(`smtp://127.0.1.50:${sandbox.smtpPort}`);
  await transport.sendMail({
    from: "Cutover <cutover@ops.example>",
    to: "admin@fabrikam.example",
    subject: "Fertig: größer",
    text: "Ja, größer.",
  });
  const [mail] = await control("outbox");
  expect(mail).toMatchObject({ from: "cutover@ops.example", to: ["admin@fabrikam.example"], subject: "Fertig: größer" });
  expect(mail.text.trim()).toBe("Ja, größer.");
});

test("a message beyond the size that was announced is refused, and so is a crowd of recipients", async () => {
  const client = await call("127.0.1.50");
  expect(await client.say("EHLO test.example")).toContain("SIZE 26214400");
  expect(await client.say("MAIL FROM:<a@test.example> SIZE=26214401")).toMatch(/^552 /);
  await client.say("MAIL FROM:<a@test.example>");
  const replies = [];
  for (let number = 0; number <= 100; number += 1) replies.push(await client.say(`RCPT TO:<person-${number}@fabrikam.example>`));
  expect(replies.filter((reply) => reply.startsWith("250")).length).toBe(100);
  expect(replies.at(-1)).toMatch(/^452 /);
});
