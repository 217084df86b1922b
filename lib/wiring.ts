/** Builds all of it once, from the environment: the only file that knows everybody. Read it top to bottom and you know the house. */
import { type Clock, createClock, systemClock } from "@/lib/base/clock";
import { type Env, loadEnv } from "@/lib/base/env";
import { createHttp } from "@/lib/base/http";
import { createLog, type Log } from "@/lib/base/log";
import { createReach, type Reach } from "@/lib/base/reach";
import { createSeal, type Seal } from "@/lib/base/seal";
import { createCloudflare } from "@/lib/clouds/cloudflare/cloudflare";
import { createDns, type Dns } from "@/lib/clouds/dns/dns";
import { createMailer } from "@/lib/clouds/mail/mailer";
import { createAuthorities } from "@/lib/clouds/microsoft/authority";
import { createExchange } from "@/lib/clouds/microsoft/exchange/exchange";
import { createTraces } from "@/lib/clouds/microsoft/exchange/trace";
import { createMessageTraces } from "@/lib/clouds/microsoft/exchange/trace-message";
import { createGraph } from "@/lib/clouds/microsoft/graph/graph";
import { createSignIn } from "@/lib/clouds/microsoft/signin";
import { createTokens, type TokenCache } from "@/lib/clouds/microsoft/tokens";
import { createPings } from "@/lib/clouds/ping";
import { createSmtp } from "@/lib/clouds/smtp/smtp";
import { createWeb } from "@/lib/clouds/web/web";
import { createWorlds } from "@/lib/clouds/world";
import { CARRY_OUT, carryOutHandler } from "@/lib/jobs/carry-out";
import { LOOK_AGAIN, lookAgainHandler } from "@/lib/jobs/look-again";
import { MAIL_ORDER, mailOrderHandler } from "@/lib/jobs/mail-order";
import { MAIL_PROOF, mailProofHandler } from "@/lib/jobs/mail-proof";
import { startWorker } from "@/lib/jobs/queue";
import { TELL, tellHandler } from "@/lib/jobs/tell";
import { TRACE_REPORT, traceReportHandler } from "@/lib/jobs/trace-report";
import { createStore, type Store } from "@/lib/store/store";
import { scopeForJob } from "@/lib/usecases/access";
import { cutover as createCutover } from "@/lib/usecases/cutover";
import type { Deps } from "@/lib/usecases/deps";

const SWEEP_MS = 1_000;

function tokenCache(store: Store, seal: Seal): TokenCache {
  const context = (tenant: string) => `tokens:${tenant}`;
  return {
    load: async (tenant) => {
      const sealed = await store.tokens.load(scopeForJob(tenant, "tokens"));
      const text = sealed === null ? null : seal.open(sealed, context(tenant));
      return text?.ok ? text.value : null; // sealed with a key we no longer have: asked for anew
    },
    save: (tenant, text) => store.tokens.save(scopeForJob(tenant, "tokens"), seal.seal(text, context(tenant)), Date.now()),
  };
}

/** The clouds that call hosts which a customer's DNS names. */
function strangers(
  { smtpPort, smtpReference, webPort, extraCa, publicUrl }: Env,
  { log, clock }: { readonly log: Log; readonly clock: Clock },
  { lookups }: Dns,
  reach: Reach,
) {
  const { addressesOf } = lookups;
  const name = new URL(publicUrl).hostname;
  return {
    smtp: createSmtp({ log, clock, addressesOf, port: smtpPort, reach, extraCa, reference: smtpReference, name }),
    web: createWeb({ log, lookups, reach, port: webPort, extraCa }),
  };
}

/** Everything that use cases need, for these settings. */
export function buildDeps(env: Env, databaseUrl: string, log: Log): Deps {
  const clock = createClock(env.clockUrl);
  const http = createHttp({ clock, log, extraCa: env.extraCa });
  const store = createStore(databaseUrl);
  const seal = createSeal(env.secretKeys);
  const authorities = createAuthorities({ http, clock, entraUrl: env.entraUrl });
  const credential = { clientId: env.entraClientId, clientSecret: env.entraClientSecret, certificate: env.entraCertificate };
  const tokens = createTokens({ http, clock, log, authorities, entraUrl: env.entraUrl, credential, cache: tokenCache(store, seal) });
  const identity = createSignIn({ http, clock, authorities, entraUrl: env.entraUrl, credential });
  const exchange = createExchange({ http, clock, tokens, exchangeUrl: env.exchangeUrl });
  const graph = createGraph({ http, clock, tokens, graphUrl: env.graphUrl, clientId: env.entraClientId });
  const cloudflare = createCloudflare({ http, clock, baseUrl: env.cloudflareUrl });
  const reach = createReach(env.probeAllow);
  const dns = createDns({ clock, log, resolvers: env.resolvers, port: env.dnsPort, reach });
  const { smtp, web } = strangers(env, { log, clock }, dns, reach);
  return {
    store,
    clock,
    wall: systemClock,
    log,
    seal,
    identity,
    world: createWorlds({ exchange, graph, cloudflare, dns, smtp, web, clock }),
    traces: createTraces({ http, clock, tokens, exchangeUrl: env.exchangeUrl }),
    people: { search: graph.searchPeople },
    proveAccess: async (tenant) => {
      // A token from before the consent would not prove it; one that was just fetched does.
      const token = await tokens.get(tenant, "graph", clock.now() - 30_000);
      return token.ok ? null : token.problem;
    },
    verifyCloudflareToken: cloudflare.verify,
    pingClouds: createPings({ ...env, http, clock }),
    sendMail: createMailer({ url: env.mailUrl, from: env.mailFrom, extraCa: env.extraCa, log }),
    testMail: {
      from: env.mailFrom,
      send: smtp.send,
      traces: createMessageTraces({ http, clock, tokens, exchangeUrl: env.exchangeUrl }),
    },
    messages: cloudflare.messages,
    publicUrl: env.publicUrl,
    operatorTenant: env.operatorTenant,
  };
}

function build() {
  const env = loadEnv();
  if (env.databaseUrl === undefined) throw new Error("DATABASE_URL must be set: npm start sets it for the embedded database.");
  const log = createLog(env.logLevel);
  const deps = buildDeps(env, env.databaseUrl, log);
  return { env, databaseUrl: env.databaseUrl, log, deps, cutover: createCutover(deps) };
}
type Built = ReturnType<typeof build>;
export type Cutover = Built["cutover"];

declare global {
  // One a process, also where the server loads this module several times (pages, routes and the worker are bundled apart).
  var cutoverBuilt: Built | undefined;
}

const built = (): Built => {
  globalThis.cutoverBuilt ??= build();
  return globalThis.cutoverBuilt;
};

/** What pages, actions and routes ask. */
export const cutover = (): Cutover => built().cutover;
/** By the clock that decides everything that waits. */
export const now = (): number => built().deps.clock.now();
export const settings = (): Pick<Env, "publicUrl" | "entraUrl"> => built().env;

/** The worker: carries out runs, looks again at watched steps, and every second finds what is due by our clock. */
export async function startBackground(): Promise<{ readonly stop: () => Promise<void> }> {
  const { cutover: uc, databaseUrl, log, deps } = built();
  await deps.clock.refresh(); // before the first sweep, or it would go by the machine's time
  const tasks = {
    [CARRY_OUT]: carryOutHandler(uc.work.carryOut),
    [LOOK_AGAIN]: lookAgainHandler(uc.work.lookAgain),
    [TELL]: tellHandler(uc.work.tell),
    [MAIL_PROOF]: mailProofHandler(uc.work.mailProof),
    [MAIL_ORDER]: mailOrderHandler(uc.work.mailOrder),
    [TRACE_REPORT]: traceReportHandler(uc.work.traceReport),
  };
  const worker = await startWorker({ databaseUrl, tasks, log });
  let isStopped = false;
  let timer: NodeJS.Timeout | undefined;
  const sweep = async () => {
    await uc.work.due().catch((error: unknown) => log.warn({ err: error }, "The sweep for what is due failed; it is tried again"));
    if (!isStopped) timer = setTimeout(sweep, SWEEP_MS);
  };
  await sweep();
  return {
    stop: async () => {
      isStopped = true;
      clearTimeout(timer);
      await worker.stop();
    },
  };
}

/** In the web process, unless WORKER=off: the worker as well, which ends its work before the process does. */
export async function startInlineWorker(): Promise<void> {
  if (built().env.worker !== "inline") return;
  const background = await startBackground();
  process.once("SIGTERM", () => void background.stop());
}
