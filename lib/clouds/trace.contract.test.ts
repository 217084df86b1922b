/** Message trace against the sandbox: what is read in pages is what is there, and nothing twice. */
import { afterAll, beforeAll, expect, it } from "vitest";
import { quietLog } from "@/lib/base/log";
import { ok } from "@/lib/base/result";
import { firstPosition, type Position, type TraceRow, turn, type Window } from "@/lib/model/trace";
import { createAuthorities } from "./microsoft/authority";
import { createTraces, type Traces } from "./microsoft/exchange/trace";
import { createSignIn } from "./microsoft/signin";
import { createTokens } from "./microsoft/tokens";
import { type SandboxProcess, startSandboxProcess } from "./sandbox-process";

const DAY_MS = 86_400_000;
let sandbox: SandboxProcess;
beforeAll(async () => {
  sandbox = await startSandboxProcess();
});
afterAll(() => sandbox.stop());

const CLIENT = "c0ffee00-0000-4000-8000-000000000001";

function cloudsOf({ url, http, clock }: SandboxProcess) {
  const credential = { clientId: CLIENT, clientSecret: "sandbox-secret" };
  const authorities = createAuthorities({ http, clock, entraUrl: url });
  const cache = { load: async () => null, save: async () => {} };
  const tokens = createTokens({ http, clock, log: quietLog, authorities, entraUrl: url, credential, cache });
  return {
    ...createTraces({ http, clock, tokens, exchangeUrl: url }),
    signIn: createSignIn({ http, clock, authorities, entraUrl: url, credential }),
  };
}

/** A tenant that gave consent, with so many rows of made-up history. */
async function connected(rows: number) {
  const tenant = await sandbox.tenant("direct-senders");
  await sandbox.control(`tenants/${tenant.id}/edit`, { path: ["traits", "traceRows"], value: rows });
  const clouds = cloudsOf(sandbox);
  const url = clouds.signIn.consentUrl({ tenant: tenant.id, redirectUri: "http://localhost:3000/back", state: "s" });
  const account = tenant.users.find((user) => user.upn.startsWith("admin@"))?.id ?? "";
  await sandbox.submit(url, { account, decision: "accept", exchangeRole: "yes" });
  await sandbox.advance(10 * 60_000);
  return { page: (position: Position) => clouds.page(tenant.id, position), now: sandbox.clock.now() };
}

async function readAll(page: (position: Position) => ReturnType<Traces["page"]>, window: Window) {
  const all: TraceRow[] = [];
  let position: Position | null = firstPosition(window);
  while (position !== null) {
    const came = await page(position);
    if (!came.ok) return came;
    const turned = turn(position, came.value, window);
    all.push(...turned.fresh);
    position = turned.isStuck ? null : turned.next;
  }
  return ok(all);
}

const keys = (rows: readonly TraceRow[]) => rows.map(({ id, recipient, received }) => `${id} ${recipient} ${received}`);

it("pages of 5,000 and many small windows give the same rows, each once", async () => {
  const { page, now: until } = await connected(16_000);
  const whole = await readAll(page, { from: until - 10 * DAY_MS, until });
  if (!whole.ok) throw new Error(JSON.stringify(whole.problem));
  expect(new Set(keys(whole.value)).size).toBe(whole.value.length);
  expect(whole.value.length).toBeGreaterThan(15_000);
  const parts = new Set<string>();
  for (let day = 0; day < 10; day++) {
    const end = until - day * DAY_MS;
    const part = await readAll(page, { from: end - DAY_MS, until: end });
    if (!part.ok) throw new Error(JSON.stringify(part.problem));
    for (const key of keys(part.value)) parts.add(key);
  }
  expect([...parts].sort()).toEqual(keys(whole.value).sort());
});
