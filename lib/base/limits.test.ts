import { describe, expect, it } from "vitest";
import { createGate } from "./gate";
import { createReach } from "./reach";

describe("a gate", () => {
  it("lets no more in at once than its limit, and everybody in the end", async () => {
    const within = createGate(3);
    let inside = 0;
    let most = 0;
    const work = async (nth: number) => {
      inside++;
      most = Math.max(most, inside);
      await new Promise((resolve) => setImmediate(resolve));
      inside--;
      if (nth % 4 === 0) throw new Error("failed inside");
      return nth;
    };
    const ends = await Promise.allSettled(Array.from({ length: 20 }, (_, nth) => within(() => work(nth))));
    expect(most).toBe(3);
    expect(ends.filter((end) => end.status === "fulfilled")).toHaveLength(15);
  });
});

describe("reach", () => {
  const reach = createReach([]);

  it.each([
    "10.1.2.3",
    "127.0.0.1",
    "192.168.0.1",
    "169.254.169.254",
    "172.16.0.1",
    "0.0.0.0",
    "100.64.0.1",
    "::1",
    "fe80::1",
    "fd00::1",
    "::ffff:127.0.0.1",
    "224.0.0.1",
    "nonsense",
  ])("refuses %s", (address) => expect(reach(address)).toBe(false));

  it.each(["93.184.216.34", "2606:4700:4700::1111"])("goes to %s", (address) => expect(reach(address)).toBe(true));

  it("goes where a setting allows, and only there", () => {
    const allowed = createReach(["127.0.0.0/8"]);
    expect(["127.0.0.11", "::ffff:127.0.0.11", "10.0.0.1"].map(allowed)).toEqual([true, true, false]);
  });
});
