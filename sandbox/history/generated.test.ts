import { expect, test } from "vitest";
import { personNamed } from "../people";
import { newTenant } from "../scenarios/index";
import type { Tenant } from "../tenant";
import { addBurst, generatedByMessageId, generatedCount, generatedMessage, generatedMessages, releaseGenerated } from "./generated";

function busy(): Tenant {
  const tenant = newTenant("busy-mail");
  if (!tenant) throw new Error("busy-mail");
  return tenant;
}

const counted = (values: string[]) => {
  const counts: Record<string, number> = {};
  for (const value of values) counts[value] = (counts[value] ?? 0) + 1;
  return counts;
};

test("fifty thousand messages: every disposition, some held, one recipient or several, people that there are", () => {
  const tenant = busy();
  const all = [...generatedMessages(tenant)];
  expect(all).toHaveLength(50_000);
  expect(new Set(all.map(({ messageId }) => messageId)).size).toBe(50_000);
  const shares = counted(all.map(({ disposition }) => disposition));
  for (const [name, least] of Object.entries({
    NONE: 30_000,
    BULK: 4_000,
    SPAM: 3_000,
    SUSPICIOUS: 1_000,
    SPOOF: 1_000,
    MALICIOUS: 700,
    "MALICIOUS-BEC": 200,
  }))
    expect([name, (shares[name] ?? 0) > least]).toEqual([name, true]);
  expect(all.filter(({ isHeld }) => isHeld).length).toBeGreaterThan(500);
  expect(all.filter(({ recipients }) => recipients.length > 1).length).toBeGreaterThan(5_000);
  const lists = tenant.groups.map(({ address }) => address);
  const people = [...new Set(all.flatMap(({ recipients }) => recipients))].filter((address) => !lists.includes(address));
  expect(people.filter((address) => !personNamed(tenant, address))).toEqual([]);
});

test("the same number is the same message, later ones are older, and its Message-ID leads back to it", () => {
  const tenant = busy();
  const [one, again] = [generatedMessage(tenant, 4_711), generatedMessage(structuredClone(tenant), 4_711)];
  expect(again).toEqual(one);
  expect(generatedByMessageId(tenant, one?.messageId ?? "")).toEqual(one);
  expect(generatedByMessageId(tenant, "<gen-4711@elsewhere.example>")).toBeUndefined();
  expect(generatedMessage(tenant, 50_000)).toBeUndefined();
  const times = [...generatedMessages(tenant)].map(({ at }) => at);
  expect(times.every((at, index) => index === 0 || at < (times[index - 1] ?? 0))).toBe(true);
});

test("a burst adds detections at its own time, to people alone, and changes no other message", () => {
  const tenant = busy();
  const before = generatedMessage(tenant, 100);
  addBurst(tenant, { count: 10_000, disposition: "SPAM", at: 1_900_000_000_000 });
  addBurst(tenant, { count: 5, disposition: "MALICIOUS", at: 1_900_000_001_000 });
  expect(generatedCount(tenant)).toBe(60_005);
  expect(generatedMessage(tenant, 100)).toEqual(before);
  const lists = tenant.groups.map(({ address }) => address);
  for (const number of [50_000, 55_000, 59_999])
    expect(generatedMessage(tenant, number)).toMatchObject({ disposition: "SPAM", at: 1_900_000_000_000 });
  for (let number = 60_000; number < 60_005; number += 1) {
    const message = generatedMessage(tenant, number);
    expect(message).toMatchObject({ disposition: "MALICIOUS", mode: "JOURNAL", isHeld: false });
    expect(message?.recipients.some((address) => lists.includes(address))).toBe(false);
  }
});

test("a burst is possible where there was no mail, and a release ends the holding", () => {
  const tenant = newTenant("fresh");
  if (!tenant) throw new Error("fresh");
  addBurst(tenant, { count: 3, disposition: "BULK", at: 5 });
  expect([...generatedMessages(tenant)].map(({ disposition, at }) => `${disposition} ${at}`)).toEqual(Array(3).fill("BULK 5"));
  const other = busy();
  const held = [...generatedMessages(other)].find(({ isHeld }) => isHeld);
  releaseGenerated(other, held?.number ?? -1);
  expect(generatedMessage(other, held?.number ?? -1)?.isHeld).toBe(false);
});
