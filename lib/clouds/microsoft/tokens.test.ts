import { SignJWT } from "jose";
import { afterEach, describe, expect, it } from "vitest";
import { createHttp } from "@/lib/base/http";
import { quietLog } from "@/lib/base/log";
import { json, type Received, type Reply, type StandIn, standIn } from "@/lib/base/stand-in";
import { createAuthorities } from "./authority";
import { createTokens, type TokenCache } from "./tokens";

const TENANT = "11111111-1111-4111-8111-111111111111";
const NOW = 1_800_000_000_000;
const open: StandIn[] = [];
let now = NOW;
afterEach(() => {
  now = NOW;
  return Promise.all(open.splice(0).map((server) => server.close()));
});

const access = (nth: number) =>
  new SignJWT({ n: nth })
    .setProtectedHeader({ alg: "HS256" })
    .setIssuedAt(now / 1_000)
    .setExpirationTime(now / 1_000 + 3_600)
    .sign(Buffer.from("any key does, nobody checks it here"));

const aadsts = (number: string, error: string, status = 400): Reply =>
  json({ error, error_description: `AADSTS${number}: something.\r\nTrace ID: t`, error_codes: [Number(number)] }, status);

async function entra(answer?: (received: Received, nth: number) => Reply | undefined) {
  let posts = 0;
  let ready = "";
  const server = await standIn((received) => {
    const origin = server.url;
    if (received.url.includes("openid-configuration")) {
      return json({
        issuer: `${origin}/${TENANT}/v2.0`,
        jwks_uri: `${origin}/${TENANT}/discovery/v2.0/keys`,
        token_endpoint: `${origin}/${TENANT}/oauth2/v2.0/token`,
        authorization_endpoint: `${origin}/${TENANT}/oauth2/v2.0/authorize`,
      });
    }
    posts++;
    return answer?.(received, posts) ?? json({ token_type: "Bearer", expires_in: 3599, access_token: ready });
  });
  open.push(server);
  const kept = new Map<string, string>();
  const cache: TokenCache = { load: async (tenant) => kept.get(tenant) ?? null, save: async (tenant, text) => void kept.set(tenant, text) };
  const clock = { now: () => now };
  const http = createHttp({ clock, log: quietLog, pause: async () => {} });
  const deps = {
    http,
    clock,
    log: quietLog,
    entraUrl: server.url,
    authorities: createAuthorities({ http, clock, entraUrl: server.url }),
    credential: { clientId: "c0ffee00-0000-4000-8000-000000000001", clientSecret: "hush" },
    cache,
  };
  const prepare = async () => {
    ready = await access(posts);
  };
  await prepare();
  return { tokens: createTokens(deps), another: () => createTokens(deps), server, kept, prepare, posts: () => posts };
}

describe("tokens", () => {
  it("are asked for once, for the right audience, and then held", async () => {
    const { tokens, server, posts } = await entra();
    const [first, second] = await Promise.all([tokens.get(TENANT, "exchange"), tokens.get(TENANT, "exchange")]);
    expect(first).toMatchObject({ ok: true, value: { issuedAt: NOW, expiresAt: NOW + 3_600_000 } });
    expect(second).toEqual(first);
    await tokens.get(TENANT, "exchange");
    expect(posts()).toBe(1);
    const sent = server.received.find((one) => one.method === "POST");
    expect(new URLSearchParams(sent?.body).get("scope")).toContain("https://outlook.office365.com/.default");
    expect(new URLSearchParams(sent?.body).get("grant_type")).toBe("client_credentials");
  });

  it("outlive the process in the cache of their tenant", async () => {
    const { tokens, another, posts, kept } = await entra();
    await tokens.get(TENANT, "graph");
    expect([...kept.keys()]).toEqual([TENANT]);
    expect(await another().get(TENANT, "graph")).toMatchObject({ ok: true });
    expect(posts()).toBe(1);
  });

  it("are renewed when they age by our clock, though this machine's disagrees", async () => {
    const { tokens, another, posts, prepare } = await entra();
    await tokens.get(TENANT, "graph");
    now += 56 * 60_000;
    await prepare();
    await tokens.get(TENANT, "graph");
    expect(posts()).toBe(2);
    expect(await another().get(TENANT, "graph")).toMatchObject({ ok: true, value: { issuedAt: now } });
    expect(posts()).toBe(2);
  });

  it("are renewed when a grant is newer", async () => {
    const { tokens, posts, prepare } = await entra();
    await tokens.get(TENANT, "graph");
    now += 60_000;
    await prepare();
    expect(await tokens.get(TENANT, "graph", now - 20_000)).toMatchObject({ ok: true, value: { issuedAt: now } });
    await tokens.get(TENANT, "graph", now - 20_000);
    expect(posts()).toBe(2);
  });

  it.each([
    ["700016", "unauthorized_client", 400, "consent-missing"],
    ["7000229", "unauthorized_client", 400, "consent-missing"],
    ["65001", "invalid_grant", 400, "consent-missing"],
    ["7000215", "invalid_client", 401, "denied"],
    ["500011", "invalid_resource", 400, "rejected"],
    ["90002", "invalid_request", 400, "gone"],
    ["999999", "odd", 400, "denied"],
  ])("say what AADSTS%s means", async (number, error, status, code) => {
    const { tokens } = await entra(() => aadsts(number, error, status));
    const token = await tokens.get(TENANT, "graph");
    expect(token).toMatchObject({ ok: false, problem: { code } });
    expect(JSON.stringify(token)).not.toContain("hush");
  });

  it("do not blame consent when Microsoft cannot be reached", async () => {
    const { tokens, server } = await entra();
    await server.close();
    expect(await tokens.get(TENANT, "graph")).toMatchObject({ ok: false, problem: { code: "unreachable" } });
  });

  it("wait for a busy service and go on", async () => {
    const { tokens } = await entra((_, nth) => (nth === 1 ? json({}, 503) : undefined));
    expect(await tokens.get(TENANT, "graph")).toMatchObject({ ok: true });
  });
});
