import { describe, expect, it } from "vitest";
import { pass, wait } from "@/lib/model/check";
import { signalOfLook } from "./signals";

const look = (checks: Parameters<typeof signalOfLook>[0]["checks"], settling = 0) => signalOfLook({ checks, changes: [], settling });

describe("the signal of a look", () => {
  it("is the same while only times and numbers move, so that the page is not drawn again for nothing", () => {
    expect(look([wait("ttl", "213 s left", 5)]).key).toBe(look([wait("ttl", "190 s left", 9)]).key);
    expect(look([wait("ttl", "0 s left", 5)]).key).not.toBe(look([pass("ttl", "Over")]).key);
  });

  it("names what was verified", () => {
    expect(
      look([pass("mx", "Both hosts are there.", { about: "MX for contoso.com" }), pass("settled", "Everything is as it should be.")]).say,
    ).toEqual(["Verified: MX for contoso.com.", "Everything is as it should be."]);
  });

  it("is settled only when all is right and nothing is still settling", () => {
    expect(look([pass("a", "Yes")]).isSettled).toBe(true);
    expect(look([pass("a", "Yes")], 1).isSettled).toBe(false);
    expect(look([wait("a", "Soon", 1)]).isSettled).toBe(false);
  });
});
