/** The allow list: everything of the vendor's in a form Microsoft takes, nothing of anybody else's touched. */
import { describe, expect, it } from "vitest";
import { whyRefused } from "@/lib/model/addresses";
import { isListEdit } from "@/lib/model/change";
import { cloudflare } from "@/lib/profiles/cloudflare";
import { allowList } from "./allow-list";
import { judged } from "./testing";

const EGRESS = cloudflare.egress.value;
const policy = (IPAllowList: readonly string[] | null) => ({ HostedConnectionFilterPolicy: [{ Guid: "p", Name: "Default", IPAllowList }] });
const others = (count: number) => Array.from({ length: count }, (_, i) => `198.18.${Math.floor(i / 200)}.${(i % 200) + 1}`);
const editIn = (list: readonly string[]) => {
  const e = judged(allowList, {}, policy(list)).changes[0]?.edits["IPAllowList"];
  return e && isListEdit(e) ? e : null;
};

it("overwriting an existing allow list: entries of others are neither removed nor replaced", () => {
  const e = editIn(["203.0.113.7", "198.51.100.0/25"]);
  expect(e?.remove).toEqual([]);
  expect([...(e?.add ?? [])].sort()).toEqual([...EGRESS].sort());
  expect(e?.whole).toEqual(expect.arrayContaining(["203.0.113.7", "198.51.100.0/25"]));
});

it("/19 or /23 rejected: everything added is in a form that Microsoft takes", () => {
  expect((editIn([])?.add ?? []).map(whyRefused).filter((why) => why !== null)).toEqual([]);
});

it("a list that has all of them, in any order, is left alone", () => {
  const { changes, check } = judged(allowList, {}, policy([...EGRESS].reverse()));
  expect(changes).toEqual([]);
  expect(check("settled")?.verdict).toBe("pass");
});

it("a range that covers a network of ours is not doubled", () => {
  expect(editIn(EGRESS.map((ip) => (ip === "104.30.40.0/24" ? "104.30.40.0-104.30.40.255" : ip)))).toBeNull();
});

describe("an allow list already full", () => {
  it("plans nothing and says how many entries have to go", () => {
    const { check, changes } = judged(allowList, {}, policy(others(1240)));
    expect(check("room")?.verdict).toBe("fail");
    expect(check("room")?.fix).toContain("9 entries");
    expect(changes).toEqual([]);
  });

  it("takes exactly 1,273", () => {
    expect(judged(allowList, {}, policy(others(1231))).check("room")?.verdict).toBe("pass");
    expect(judged(allowList, {}, policy(others(1232))).check("room")?.verdict).toBe("fail");
  });

  it("a full list that holds ours already is fine", () => {
    expect(judged(allowList, {}, policy([...others(1231), ...EGRESS])).check("room")?.verdict).toBe("pass");
  });
});

it("an entry wider than the vendor's own is warned about", () => {
  const { check } = judged(allowList, {}, policy([...EGRESS, "158.51.64.0/24"]));
  expect(check("wider")?.saw).toContain("158.51.64.0/24");
});

it("addresses that are no longer the vendor's are warned about", () => {
  const profile = { ...cloudflare, formerEgress: { ...cloudflare.formerEgress, value: ["192.0.2.9"] } };
  expect(judged(allowList, {}, policy([...EGRESS, "192.0.2.9"]), { profile }).check("former")?.saw).toContain("192.0.2.9");
});

it("stale IP list: an address that a newer profile adds is all that is planned", () => {
  const profile = { ...cloudflare, egress: { ...cloudflare.egress, value: [...EGRESS, "192.0.2.77"] } };
  const e = judged(allowList, {}, policy(EGRESS), { profile }).changes[0]?.edits["IPAllowList"];
  expect(e).toMatchObject({ add: ["192.0.2.77"], remove: [] });
});

it("IP allow list versus enhanced filtering: the trade-off and what scanners say are there to hand on", () => {
  const note = judged(allowList, {}, policy([])).evidence.find((table) => table.title.includes("auditor"));
  expect(JSON.stringify(note)).toContain("ORCA");
  expect(JSON.stringify(note)).toContain("enhanced filtering");
});

it("counts what is there, missing, and other people's", () => {
  const table = judged(allowList, {}, policy([EGRESS[0] ?? "", "203.0.113.7"])).evidence[0];
  expect(table?.rows.map((row) => row[1])).toEqual(["1", "41", "1"]);
});
