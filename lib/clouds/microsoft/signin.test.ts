import { createHash } from "node:crypto";
import { exportJWK, generateKeyPair, importJWK, type JWTPayload, SignJWT } from "jose";
import { afterEach, beforeAll, describe, expect, it } from "vitest";
import { createHttp } from "@/lib/base/http";
import { quietLog } from "@/lib/base/log";
import { json, type StandIn, standIn } from "@/lib/base/stand-in";
import { createAuthorities } from "./authority";
import { readConsentAnswer } from "./consent";
import { createVerifier } from "./id-token";
import { type Begun, createSignIn } from "./signin";

const CLIENT = "c0ffee00-0000-4000-8000-000000000001";
const TENANT = "11111111-1111-4111-8111-111111111111";
const OID = "22222222-2222-4222-8222-222222222222";
const NOW = 1_800_000_000_000;
const back = "http://localhost:3000/api/auth/callback";
const open: StandIn[] = [];
type Keys = Awaited<ReturnType<typeof generateKeyPair>>;
let keys: Keys;
let others: Keys;

beforeAll(async () => {
  keys = await generateKeyPair("RS256", { extractable: true });
  others = await generateKeyPair("RS256", { extractable: true });
});
afterEach(() => Promise.all(open.splice(0).map((server) => server.close())));

/** An Entra of our own whose id token is made by the test. */
async function entra(token: (origin: string) => Promise<string> | string) {
  const jwk = { ...(await exportJWK(keys.publicKey)), kid: "k1", use: "sig" };
  let idToken = "";
  const server = await standIn(({ url, method }) => {
    const origin = `http://127.0.0.1:${new URL(server.url).port}`;
    if (url.includes("openid-configuration")) {
      return json({
        issuer: `${origin}/{tenantid}/v2.0`,
        jwks_uri: `${origin}/organizations/discovery/v2.0/keys`,
        token_endpoint: `${origin}/organizations/oauth2/v2.0/token`,
        authorization_endpoint: `${origin}/organizations/oauth2/v2.0/authorize`,
        end_session_endpoint: `${origin}/organizations/oauth2/v2.0/logout`,
      });
    }
    if (url.includes("/keys")) return json({ keys: [jwk] });
    if (method === "POST")
      return json({
        token_type: "Bearer",
        expires_in: 3599,
        scope: "openid profile",
        access_token: "x",
        id_token: idToken,
        client_info: Buffer.from(JSON.stringify({ uid: OID, utid: TENANT })).toString("base64url"),
      });
    return { status: 404 };
  });
  open.push(server);
  const clock = { now: () => NOW, refresh: async () => {} };
  const http = createHttp({ clock, log: quietLog });
  const deps = {
    http,
    clock,
    entraUrl: server.url,
    authorities: createAuthorities({ http, clock, entraUrl: server.url }),
    credential: { clientId: CLIENT, clientSecret: "hush" },
  };
  const signIn = createSignIn(deps);
  const begun = await signIn.begin({ redirectUri: back });
  if (!begun.ok) throw new Error(begun.problem.say);
  const finish = async (
    change: Partial<Begun> = {},
    params: Readonly<Record<string, string>> = { code: "c", state: begun.value.state },
  ) => {
    nonce = begun.value.nonce;
    idToken = await token(server.url);
    return signIn.finish({ ...begun.value, redirectUri: back, params, ...change });
  };
  return { server, signIn, begun: begun.value, finish };
}

let nonce = "";
const seconds = NOW / 1_000;
const claims = (origin: string, more: JWTPayload = {}): JWTPayload => ({
  iss: `${origin}/${TENANT}/v2.0`,
  aud: CLIENT,
  tid: TENANT,
  oid: OID,
  name: "Fabrikam admin",
  preferred_username: "admin@fabrikam.example",
  wids: ["29232cdf-9323-42fd-ade2-1d097af3e4de"],
  nonce,
  iat: seconds,
  nbf: seconds,
  exp: seconds + 3_600,
  ...more,
});
/** The same private key, allowed to sign by another algorithm. */
const asPss = async () => importJWK(await exportJWK(keys.privateKey), "PS256");
const without = (payload: JWTPayload, name: string): JWTPayload =>
  Object.fromEntries(Object.entries(payload).filter(([key]) => key !== name));
const signed = (payload: JWTPayload, by = keys, kid = "k1") =>
  new SignJWT(payload).setProtectedHeader({ alg: "RS256", kid }).sign(by.privateKey);

describe("sign-in", () => {
  it("sends the person to Microsoft with PKCE, state and nonce", async () => {
    const { begun, server } = await entra(() => "");
    const url = new URL(begun.url);
    expect(url.origin + url.pathname).toBe(`${server.url}/organizations/oauth2/v2.0/authorize`);
    expect(Object.fromEntries(url.searchParams)).toMatchObject({
      client_id: CLIENT,
      redirect_uri: back,
      response_type: "code",
      state: begun.state,
      nonce: begun.nonce,
      code_challenge_method: "S256",
      code_challenge: createHash("sha256").update(begun.verifier).digest("base64url"),
    });
  });

  it("says who the person is, from a token it has verified", async () => {
    const { finish } = await entra((origin) => signed(claims(origin, { roles: ["Support.Staff"] })));
    expect(await finish()).toEqual({
      ok: true,
      value: {
        tenantId: TENANT,
        oid: OID,
        name: "Fabrikam admin",
        upn: "admin@fabrikam.example",
        directoryRoles: ["29232cdf-9323-42fd-ade2-1d097af3e4de"],
        appRoles: ["Support.Staff"],
        issuedAt: NOW,
      },
    });
  });

  it.each<readonly [string, (origin: string) => Promise<string> | string]>([
    ["signed by somebody else", (origin) => signed(claims(origin), others)],
    ["signed with an unknown key", (origin) => signed(claims(origin), others, "k9")],
    ["of another issuer", (origin) => signed(claims(origin, { iss: "https://login.evil.example/v2.0" }))],
    ["whose issuer is another tenant", (origin) => signed(claims(origin, { iss: `${origin}/33333333-3333-4333-8333-333333333333/v2.0` }))],
    ["for another application", (origin) => signed(claims(origin, { aud: "another" }))],
    ["with another nonce", (origin) => signed(claims(origin, { nonce: "another" }))],
    ["that has expired", (origin) => signed(claims(origin, { iat: seconds - 7_200, nbf: seconds - 7_200, exp: seconds - 3_600 }))],
    ["that is not valid yet", (origin) => signed(claims(origin, { nbf: seconds + 600, exp: seconds + 7_200 }))],
    ["without an expiry", (origin) => signed(without(claims(origin), "exp"))],
    ["without a tenant", (origin) => signed(without(claims(origin), "tid"))],
    [
      "without a signature",
      (origin) =>
        `${Buffer.from(JSON.stringify({ alg: "none", typ: "JWT" })).toString("base64url")}.${Buffer.from(JSON.stringify(claims(origin))).toString("base64url")}.`,
    ],
    [
      "signed with the right key in another way",
      async (origin) => new SignJWT(claims(origin)).setProtectedHeader({ alg: "PS256", kid: "k1" }).sign(await asPss()),
    ],
    [
      "signed with the public key as a password",
      (origin) =>
        new SignJWT(claims(origin)).setProtectedHeader({ alg: "HS256", kid: "k1" }).sign(Buffer.from("the public key is no secret")),
    ],
  ])("refuses a token %s", async (_, token) => {
    const { finish } = await entra(token);
    expect(await finish()).toMatchObject({ ok: false, problem: { code: "denied" } });
  });

  it("refuses an answer to a sign-in that was not begun here", async () => {
    const { finish, server } = await entra((origin) => signed(claims(origin)));
    expect(await finish({}, { code: "c", state: "forged" })).toMatchObject({ ok: false, problem: { code: "denied" } });
    expect(server.received.some((one) => one.method === "POST")).toBe(false);
  });

  it("says so when the person cancelled", async () => {
    const { finish } = await entra(() => "");
    expect(await finish({}, { error: "access_denied", error_description: "AADSTS65004: declined" })).toMatchObject({
      ok: false,
      problem: { say: "The sign-in was cancelled." },
    });
  });

  it("sends the verifier with the code, once", async () => {
    const { finish, server, begun } = await entra((origin) => signed(claims(origin)));
    await finish();
    const posts = server.received.filter((one) => one.method === "POST");
    expect(posts).toHaveLength(1);
    expect(new URLSearchParams(posts[0]?.body)).toMatchObject({});
    expect(new URLSearchParams(posts[0]?.body).get("code_verifier")).toBe(begun.verifier);
  });
});

describe("an id token", () => {
  it("is refused for its nonce by us as well, not only by msal", async () => {
    const { server } = await entra(() => "");
    const clock = { now: () => NOW };
    const http = createHttp({ clock, log: quietLog });
    const authority = await createAuthorities({ http, clock, entraUrl: server.url }).of("organizations");
    if (!authority.ok) throw new Error(authority.problem.say);
    nonce = "ours";
    const verify = createVerifier({ http, clock, clientId: CLIENT });
    const token = await signed(claims(server.url));
    expect(await verify(token, authority.value, "ours")).toMatchObject({ ok: true });
    expect(await verify(token, authority.value, "another")).toMatchObject({ ok: false, problem: { code: "denied" } });
  });
});

describe("consent", () => {
  const expected = { tenant: TENANT, state: "s" };
  const good = { admin_consent: "True", state: "s", tenant: TENANT };

  it("asks for all permissions of the registration at once", async () => {
    const { signIn, server } = await entra(() => "");
    expect(signIn.consentUrl({ tenant: TENANT, redirectUri: back, state: "s" })).toBe(
      `${server.url}/${TENANT}/adminconsent?client_id=${CLIENT}&redirect_uri=${encodeURIComponent(back)}&state=s`,
    );
  });

  it("is believed only with our state", () => {
    expect(readConsentAnswer(good, expected)).toEqual({ ok: true, value: null });
    expect(readConsentAnswer({ ...good, state: "t" }, expected)).toMatchObject({ ok: false, problem: { code: "denied" } });
    expect(readConsentAnswer(good, { ...expected, state: undefined })).toMatchObject({ ok: false });
  });

  it.each([
    ["was cancelled", { error: "permission_denied", error_description: "The admin canceled the request" }, "consent-missing", "cancelled"],
    [
      "was declined",
      { error: "access_denied", error_description: "AADSTS65004: User declined to consent" },
      "consent-missing",
      "cancelled",
    ],
    ["needs an administrator", { error: "access_denied", error_description: "AADSTS90094: admin only" }, "denied", "may not give consent"],
    ["lacks a subscription", { error: "invalid_client", error_description: "AADSTS650052: no subscription" }, "rejected", "subscription"],
    ["failed for a reason we do not know", { error: "odd", error_description: "?" }, "denied", "did not record"],
  ])("that %s is told apart, although admin_consent=True comes with it", (_, params, code, words) => {
    const answer = readConsentAnswer({ admin_consent: "True", ...params }, expected);
    expect(answer).toMatchObject({ ok: false, problem: { code } });
    expect(!answer.ok && answer.problem.say).toContain(words);
  });

  it("for another organisation is not taken for this one", () => {
    expect(readConsentAnswer({ ...good, tenant: OID }, expected)).toMatchObject({ ok: false, problem: { code: "rejected" } });
  });
});
