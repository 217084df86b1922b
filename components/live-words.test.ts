import { describe, expect, it } from "vitest";
import { type Heard, hear, heardNothing, pollMs, type Signal } from "./live-words";

const signal = (key: string, ...say: string[]): Signal => ({ key, say, isSettled: false });
const heardOf = (...signals: Signal[]): Heard => signals.reduce((heard, s) => hear(heard, s).heard, heardNothing);

describe("a live page", () => {
  it("says nothing about what it already shows", () => {
    expect(hear(heardNothing, signal("a", "Verified: MX of contoso.com."))).toMatchObject({ say: null, isNew: false });
  });

  it("says a thing once, not at every look", () => {
    const news = signal("b", "Verified: MX of contoso.com.");
    expect(hear(heardOf(signal("a")), news)).toMatchObject({ say: "Verified: MX of contoso.com.", isNew: true });
    expect(hear(heardOf(signal("a"), news), news)).toMatchObject({ say: null, isNew: false });
  });

  it("says only what is new beside what is old", () => {
    expect(hear(heardOf(signal("a", "One.")), signal("b", "One.", "Two.", "Three.")).say).toBe("Two. Three.");
  });

  it("draws again without a word when only details changed", () => {
    expect(hear(heardOf(signal("a", "One.")), signal("b", "One."))).toMatchObject({ say: null, isNew: true });
  });

  it("says again what stopped being true and is true once more", () => {
    expect(hear(heardOf(signal("a", "One."), signal("b")), signal("a", "One.")).say).toBe("One.");
  });

  it("asks every 20 s at first and slower after five minutes", () => {
    expect(pollMs(0)).toBe(20_000);
    expect(pollMs(300_000)).toBe(60_000);
  });
});
