import { describe, expect, it } from "vitest";
import { FOLDERS, type Folder } from "@/lib/model/destinations";
import { type ItemCounts, NO_ITEMS } from "@/lib/model/mail-order";
import { actOf, didOf, restOf, titleOf, willOf } from "./order-words";

const order = (destination: Folder | null, counts: Partial<ItemCounts>) => ({
  kind: destination === null ? ("release" as const) : ("retract" as const),
  destination,
  counts: { ...NO_ITEMS, ...counts },
  state: counts.waiting ? ("draft" as const) : ("done" as const),
});

describe("the words of an order", () => {
  it("the button names the act, the count and the destination", () => {
    expect(actOf(order("DeletedItems", { waiting: 3 }))).toBe("Move 3 messages to Deleted Items");
    expect(actOf(order("Inbox", { waiting: 1 }))).toBe("Move 1 message to the Inbox");
    expect(actOf(order("RecoverableItemsPurges", { waiting: 1_000 }))).toBe("Hard delete 1,000 messages");
    expect(actOf(order(null, { waiting: 2 }))).toBe("Release 2 messages");
  });

  it("the sentence says the count, the destination and who takes it back, for every destination", () => {
    for (const folder of FOLDERS) {
      const says = willOf(order(folder, { waiting: 2 }));
      expect(says).toMatch(/^2 messages will be .+\.$/);
      expect(says).toMatch(folder === "RecoverableItemsPurges" ? /cannot be taken back.+eDiscovery/ : /you can|so can you/);
      expect(says.match(/\.(\s|$)/g)).toHaveLength(1);
    }
    expect(willOf(order("DeletedItems", { waiting: 1 }))).toContain(
      "1 message will be moved to Deleted Items, from where the people who got it can",
    );
    expect(willOf(order(null, { waiting: 1 }))).toContain("cannot be taken back");
  });

  it("only what was done is confirmed", () => {
    expect(didOf(order("JunkEmail", { done: 3 }))).toBe("3 messages were moved to Junk Email");
    expect(didOf(order("JunkEmail", { done: 1, failed: 2, left: 1 }))).toBe("1 of 3 messages was moved to Junk Email");
    expect(didOf(order(null, { failed: 2 }))).toBe("No message was released");
    expect(didOf(order("RecoverableItemsPurges", { done: 1 }))).toBe("1 message was hard deleted");
    expect(restOf(order("JunkEmail", { done: 3 }))).toEqual([]);
    expect(restOf(order("JunkEmail", { failed: 1, left: 2 }))).toHaveLength(2);
  });

  it("what is left alone is counted nowhere but in its own sentence, unless it was called off", () => {
    expect(actOf(order("JunkEmail", { waiting: 2, left: 1 }))).toBe("Move 2 messages to Junk Email");
    expect(didOf(order("JunkEmail", { done: 2, left: 1 }))).toBe("2 messages were moved to Junk Email");
    expect(didOf({ ...order("JunkEmail", { done: 2, left: 1 }), state: "cancelled" })).toBe("2 of 3 messages were moved to Junk Email");
  });

  it("a draft is called what is asked, an agreed order what it does", () => {
    expect(titleOf({ ...order("RecoverableItemsPurges", { waiting: 3 }), state: "draft" })).toBe("Check before you delete");
    expect(titleOf({ ...order("DeletedItems", { waiting: 3 }), state: "running" })).toBe("Move 3 messages to Deleted Items");
  });
});
