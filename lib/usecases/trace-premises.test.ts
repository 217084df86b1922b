/** What strangers write into SPF records is read as far as it goes, and never sets Cutover to work without end. */
import { describe, expect, it } from "vitest";
import { no, ok, type Result } from "@/lib/base/result";
import { nothingGiven } from "@/lib/engine/read";
import type { Tenant } from "@/lib/engine/world";
import { type Ask, nameOf } from "@/lib/model/query";
import { cloudflare } from "@/lib/profiles/cloudflare";
import { readPremises } from "./trace-premises";

const D = "contoso.com";
const NOW = Date.UTC(2026, 4, 3);
const accepted = { Guid: "1", Name: D, DomainName: D, DomainType: "Authoritative", Default: true };

/** A tenant of one domain in a world of these SPF records; everything else there is empty. */
async function premises(spfOf: (name: string) => string | null) {
  const asked: string[] = [];
  const answer = ({ kind, of = "" }: Ask): Result<unknown> => {
    if (kind === "AcceptedDomain") return ok([accepted]);
    if (kind !== "spf") return ok([]);
    asked.push(of);
    const record = spfOf(of);
    return record === null ? no("unreachable", "No name server answers.") : ok([{ domain: of, records: [`v=spf1 ${record} -all`] }]);
  };
  const tenant: Tenant = {
    world: {
      ask: async (asks) => new Map(asks.map((one) => [nameOf(one), answer(one)])),
      make: async () => no("rejected", "Nothing is written here."),
      now: () => NOW,
    },
    ledger: { entries: () => [], write: async () => undefined },
    memory: { moments: () => new Map(), remember: async () => undefined },
    profile: cloudflare,
    actor: { kind: "admin", id: "1", name: "Admin" },
  };
  const read = await readPremises({ tenant, given: nothingGiven, profile: cloudflare }, NOW);
  if (!read.ok) throw new Error(read.problem.say);
  return { ...read.value, asked: asked.filter((name) => name !== D) };
}

describe("the records that a domain's SPF includes", () => {
  it("are each read once, in whatever circle they include each other, and go by the name that the domain includes", async () => {
    const { listed, gaps, asked } = await premises(
      (name) =>
        ({
          [D]: "ip4:192.0.2.1 include:mailer.example include:crm.example",
          "mailer.example": "include:deep.example ip4:198.51.100.0/24",
          "crm.example": "include:deep.example include:mailer.example",
          "deep.example": `ip4:203.0.113.7 include:mailer.example include:${D} include:deep.example`,
        })[name] ?? "",
    );
    expect(listed).toEqual([
      { network: "192.0.2.1", by: "" },
      { network: "198.51.100.0/24", by: "mailer.example" },
      { network: "203.0.113.7", by: "mailer.example" },
      { network: "192.0.2.1", by: "mailer.example" },
    ]);
    expect(asked.toSorted()).toEqual(["crm.example", "deep.example", "mailer.example"]);
    expect(gaps).toEqual([]);
  });

  it("that never end are read as far as ten deep", async () => {
    const { asked } = await premises((name) => `include:${name === D ? "1" : Number(name.split(".")[0]) + 1}.example`);
    expect(asked).toEqual(Array.from({ length: 10 }, (_, n) => `${n + 1}.example`));
  });

  it("that multiply are a hundred at most, and it is said once that the rest was not read", async () => {
    const { asked, gaps } = await premises((name) => Array.from({ length: 30 }, (_, n) => `include:${n}.${name}`).join(" "));
    expect(asked).toHaveLength(100);
    expect(gaps).toEqual([expect.stringContaining("more than 100 others")]);
  });

  it("that name very many networks give two thousand of them, and it is said", async () => {
    const many = Array.from({ length: 1_500 }, (_, n) => `ip4:10.0.${n >> 8}.${n & 255}`).join(" ");
    const { listed, gaps } = await premises((name) => (name === D ? "include:a.example include:b.example include:c.example" : many));
    expect(listed).toHaveLength(2_000);
    expect(gaps).toEqual([expect.stringContaining("more than 2000 networks")]);
  });

  it("that cannot be read are named", async () => {
    const { gaps } = await premises((name) => (name === D ? "include:gone.example" : null));
    expect(gaps).toEqual([expect.stringContaining("gone.example could not be read")]);
  });
});
