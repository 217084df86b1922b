import { describe, expect, it } from "vitest";
import { no, ok, type Result } from "@/lib/base/result";
import type { Call } from "@/lib/model/call";
import type { Change } from "@/lib/model/change";
import { type Ask, ask, nameOf } from "@/lib/model/query";
import { type CloudDeps, createWorlds } from "./world";

const ACCESS = { token: "t", accountId: "a" };
const change = (kind: Change["kind"]): Change => ({ do: "set", kind, key: "k", name: "n", edits: {}, hands: "us" });

/** Clouds that tell who was asked what, and with which access. */
function listening() {
  const heard: string[] = [];
  const hear =
    (cloud: string) =>
    async (asks: readonly Ask[], ...access: readonly unknown[]): Promise<ReadonlyMap<string, Result<unknown>>> => {
      heard.push([cloud, ...asks.map(nameOf), ...access.map((one) => JSON.stringify(one))].join(" "));
      return new Map(asks.map((one) => [nameOf(one), ok([])]));
    };
  const make =
    (cloud: string) =>
    async (...given: readonly unknown[]) => {
      heard.push(`${cloud} makes ${JSON.stringify(given.at(-1))}`);
      return ok({ key: "", evidence: {} });
    };
  const clouds: CloudDeps = {
    exchange: { ask: hear("exchange"), make: make("exchange") },
    graph: { ask: hear("graph") },
    cloudflare: { ask: hear("cloudflare"), make: make("cloudflare") },
    dns: { ask: hear("dns") },
    smtp: { ask: hear("smtp") },
    web: { ask: hear("web") },
    clock: { now: () => 0 },
  };
  return { worlds: createWorlds(clouds), clouds, heard };
}

const ALL = [
  ask("TransportRule"),
  ask("domain"),
  ask("cfZone"),
  ask("mx", "a.example"),
  ask("smtpHost", "b.example"),
  ask("mtaSts", "c.example"),
];

describe("the clouds of a tenant", () => {
  it("are asked all at once, each its own questions, and those without one not at all", async () => {
    const { worlds, heard } = listening();
    expect((await worlds("tenant", "consent", ACCESS).ask([...ALL, ask("EmailSecurityDomain")])).size).toBe(7);
    expect(heard.sort()).toEqual([
      `cloudflare cfZone EmailSecurityDomain ${JSON.stringify(ACCESS)}`,
      "dns mx/a.example",
      'exchange TransportRule "tenant"',
      'graph domain "tenant"',
      "smtp smtpHost/b.example",
      "web mtaSts/c.example",
    ]);
    heard.length = 0;
    await worlds("tenant", "consent", null).ask([ask("mx", "a.example")]);
    expect(heard).toEqual(["dns mx/a.example"]);
  });

  it("at Microsoft are left alone without consent, whatever else may be asked", async () => {
    const { worlds, heard } = listening();
    const answers = await worlds("tenant", "without", null).ask(ALL);
    expect(heard.map((one) => one.split(" ")[0]).sort()).toEqual(["cloudflare", "dns", "smtp", "web"]);
    expect(answers.get("TransportRule")).toMatchObject({ ok: false, problem: { code: "not-asked" } });
    expect(await worlds("tenant", null, null).make(change("TransportRule"))).toMatchObject({
      ok: false,
      problem: { code: "consent-missing" },
    });
  });

  it("get a change where its object is written, which is not always where it is read", async () => {
    const { worlds, heard } = listening();
    const world = worlds("tenant", "without", ACCESS);
    await world.make(change("mx"));
    await world.make(change("EmailSecurityDomain"));
    expect(heard).toEqual(Array.from({ length: 2 }, () => `cloudflare makes ${JSON.stringify(ACCESS)}`));
    await expect(world.make(change("dnsHost"))).rejects.toThrow(/by a person/);
  });
});

describe("a connector that is tried", () => {
  const trying: Change = {
    ...change("OutboundConnectorValidation"),
    edits: { IsValidated: { from: false, to: true }, ValidationRecipients: { add: ["a@x"], remove: [], whole: ["a@x"] } },
  };
  /** An Exchange in which one cmdlet fails. */
  function withExchange(failing: string | null) {
    const calls: Call[] = [];
    const { clouds } = listening();
    const make = async (call: Call) => {
      calls.push(call);
      return call.cmdlet === failing ? no("rejected", `${failing} failed.`) : ok({ key: "n", evidence: { rows: "[]" } });
    };
    return { calls, world: createWorlds({ ...clouds, exchange: { ...clouds.exchange, make } })("tenant", "consent", null) };
  }

  it("is noted as tried once it came out well, at the time of our clock", async () => {
    const { calls, world } = withExchange(null);
    expect(await world.make(trying)).toEqual({ ok: true, value: { key: "n", evidence: { rows: "[]" } } });
    expect(calls).toEqual([
      { cmdlet: "Validate-OutboundConnector", parameters: { Identity: "k", Recipients: ["a@x"], Confirm: false } },
      {
        cmdlet: "Set-OutboundConnector",
        parameters: { Identity: "k", IsValidated: true, ValidationRecipients: ["a@x"], LastValidationTimestamp: "1970-01-01 00:00:00Z" },
      },
    ]);
  });

  it("is not noted when it failed, and done although the note is refused", async () => {
    const failed = withExchange("Validate-OutboundConnector");
    expect(await failed.world.make(trying)).toMatchObject({ ok: false });
    expect(failed.calls).toHaveLength(1);
    const refused = withExchange("Set-OutboundConnector");
    expect(await refused.world.make(trying)).toMatchObject({ ok: true, value: { evidence: { note: "Set-OutboundConnector failed." } } });
  });
});

it("a list that is made is known by its address from the start", async () => {
  const { clouds } = listening();
  const make = async () => ok({ key: "guid-of-the-service", evidence: {} });
  const world = createWorlds({ ...clouds, exchange: { ...clouds.exchange, make } })("tenant", "consent", null);
  const edits = { PrimarySmtpAddress: { from: null, to: "eu@contoso.com" } };
  expect(await world.make({ ...change("DistributionGroup"), do: "new", key: "", edits })).toMatchObject({
    value: { key: "eu@contoso.com" },
  });
});
