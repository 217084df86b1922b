import { afterEach, describe, expect, it } from "vitest";
import { PERMISSIONS } from "@/lib/model/cloudflare-token";
import { ACCESS, closeAll, DOMAINS, fine, list, practise, type Routes, refusal, zone } from "./testing";

afterEach(closeAll);

const RECORDS = "/zones/zone-of-contoso.com/dns_records";
const ALL: Routes = {
  "GET /user/tokens/verify": fine({ id: "t", status: "active", expires_on: "2027-06-01T00:00:00Z" }),
  "GET /accounts": list([]),
  "GET /zones": list([zone("contoso.com")]),
  [`GET ${DOMAINS}`]: list([]),
  [`GET ${RECORDS}`]: list([]),
};
const verify = async (routes: Routes, accountId: string | null = null) =>
  (await practise(routes)).cloudflare.verify(ACCESS.token, accountId);
const statesOf = (verified: Awaited<ReturnType<typeof verify>>) =>
  verified.ok
    ? Object.fromEntries(verified.value.permissions.map((one) => [PERMISSIONS[one.id].name.replace(/^(Account|Zone) > /, ""), one.state]))
    : verified;

describe("verifying a token", () => {
  it("tells what it has, and what only a write would tell, by reading alone", async () => {
    const practice = await practise(ALL);
    const verified = await practice.cloudflare.verify(ACCESS.token, null);
    expect(statesOf(verified)).toEqual({
      "Cloud Email Security > Read": "present",
      "Cloud Email Security > Edit": "unknown",
      "Zone > Read": "present",
      "DNS > Edit": "unknown",
    });
    expect(verified).toMatchObject({
      ok: true,
      value: { account: { id: ACCESS.accountId, name: "Contoso" }, expiresAt: Date.UTC(2027, 5, 1) },
    });
    expect(practice.server.received.every((one) => one.method === "GET")).toBe(true);
    expect(JSON.stringify(verified)).not.toContain(ACCESS.token);
  });

  it("tells what it lacks", async () => {
    const denied = refusal(403, 10000, "Authentication error");
    expect(statesOf(await verify({ ...ALL, [`GET ${DOMAINS}`]: denied }))).toMatchObject({
      "Cloud Email Security > Read": "missing",
      "Cloud Email Security > Edit": "missing",
    });
    expect(statesOf(await verify({ ...ALL, [`GET ${RECORDS}`]: denied }))).toMatchObject({
      "Zone > Read": "present",
      "DNS > Edit": "missing",
    });
    const blind = await verify({ ...ALL, "GET /zones": denied, "GET /accounts": list([{ id: ACCESS.accountId, name: "Contoso" }]) });
    expect(statesOf(blind)).toMatchObject({ "Cloud Email Security > Read": "present", "Zone > Read": "missing", "DNS > Edit": "unknown" });
  });

  it("says that no zone is no fault where DNS is elsewhere", async () => {
    const verified = await verify({ ...ALL, "GET /zones": list([]), "GET /accounts": list([{ id: ACCESS.accountId, name: "Contoso" }]) });
    expect(statesOf(verified)).toMatchObject({
      "Cloud Email Security > Read": "present",
      "Zone > Read": "unknown",
      "DNS > Edit": "unknown",
    });
  });

  it("leaves the choice between several accounts to a person, and asks for an id where it sees none", async () => {
    const other = { id: "b".repeat(32), name: "Fabrikam" };
    const several = { ...ALL, "GET /accounts": list([other]) };
    expect(await verify(several)).toMatchObject({
      ok: true,
      value: { account: null, accounts: [{ name: "Contoso" }, { name: "Fabrikam" }] },
    });
    expect(await verify(several, ACCESS.accountId)).toMatchObject({ ok: true, value: { account: { name: "Contoso" } } });
    expect(await verify({ ...ALL, "GET /zones": list([]) })).toMatchObject({ ok: true, value: { account: null, accounts: [] } });
    expect(await verify({ ...ALL, "GET /zones": list([]) }, ACCESS.accountId)).toMatchObject({
      ok: true,
      value: { account: { id: ACCESS.accountId, name: "" } },
    });
  });

  it("takes a token that belongs to an account, which cannot be verified as a person's", async () => {
    const owned: Routes = {
      ...ALL,
      "GET /user/tokens/verify": refusal(401, 1000, "Invalid API Token"),
      "GET /accounts": refusal(400, 1001, "List accounts endpoint does not support account owned tokens."),
    };
    expect(await verify(owned)).toMatchObject({ ok: true, value: { account: { name: "Contoso" } } });
    const noZone = {
      ...owned,
      "GET /zones": list([]),
      [`GET /accounts/${ACCESS.accountId}/tokens/verify`]: fine({ id: "t", status: "active" }),
    };
    expect(await verify(noZone)).toMatchObject({ ok: false, problem: { code: "denied" } });
    expect(await verify(noZone, ACCESS.accountId)).toMatchObject({ ok: true, value: { account: { id: ACCESS.accountId } } });
  });

  it("refuses a token that is none, or no longer one", async () => {
    const no = refusal(401, 1000, "Invalid API Token");
    const unknown = { "GET /user/tokens/verify": no, "GET /accounts": no, "GET /zones": no };
    expect(await verify(unknown)).toMatchObject({ ok: false, problem: { code: "denied" } });
    for (const status of ["disabled", "expired"])
      expect(await verify({ ...ALL, "GET /user/tokens/verify": fine({ id: "t", status }) })).toMatchObject({
        ok: false,
        problem: { say: expect.stringContaining(status) },
      });
  });

  it("says nothing of the token while Cloudflare does not answer", async () => {
    expect(await verify({ ...ALL, "GET /zones": "drop" })).toMatchObject({ ok: false, problem: { code: "unreachable" } });
    expect(await verify({ ...ALL, [`GET ${DOMAINS}`]: refusal(429, 10429, "slow down") })).toMatchObject({
      ok: false,
      problem: { code: "throttled" },
    });
  });
});
