/** The list of mail obeys the keyboard, and leaves alone what is not meant for it. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { meantBy, type Pressed } from "./grid-keys";

const place = { at: 5, count: 100, page: 10 };
const press = (key: string, more: Partial<Pressed> = {}) => meantBy({ key, shift: false, ctrl: false, alt: false, ...more }, place);

describe("keys of the list", () => {
  it("move by one, by a page, and to both ends", () => {
    expect(press("ArrowDown")).toEqual({ act: "move", to: 6, isRange: false });
    expect(press("ArrowUp")).toEqual({ act: "move", to: 4, isRange: false });
    expect(press("PageDown")).toMatchObject({ to: 15 });
    expect(press("PageUp")).toMatchObject({ to: 0 });
    expect(press("Home")).toMatchObject({ to: 0 });
    expect(press("End", { ctrl: true })).toMatchObject({ to: 99 });
  });

  it("choose, stretch and open", () => {
    expect(press(" ")).toEqual({ act: "toggle" });
    expect(press(" ", { shift: true })).toEqual({ act: "range" });
    expect(press("ArrowDown", { shift: true })).toEqual({ act: "move", to: 6, isRange: true });
    expect(press("Enter")).toEqual({ act: "open" });
    expect(press("a", { ctrl: true })).toEqual({ act: "all" });
    expect(press("Escape")).toEqual({ act: "none" });
  });

  it("leave to the browser what is the browser's", () => {
    for (const key of ["Tab", "a", "j", "F5", "constructor", "__proto__"]) expect(press(key)).toBeNull();
    for (const key of ["ArrowDown", "Enter", "r", "f"]) expect(press(key, { ctrl: true })).toBeNull();
    expect(press("ArrowLeft", { alt: true })).toBeNull();
    expect(meantBy({ key: "End", shift: false, ctrl: false, alt: false }, { at: 0, count: 0, page: 10 })).toBeNull();
  });

  it("never lead out of the list", () => {
    const keys = fc.constantFrom("ArrowDown", "ArrowUp", "PageDown", "PageUp", "Home", "End");
    fc.assert(
      fc.property(keys, fc.integer({ min: 1, max: 50 }), fc.nat(60), fc.nat(30), (key, count, at, page) => {
        const meant = meantBy({ key, shift: false, ctrl: false, alt: false }, { at, count, page });
        expect(meant).toMatchObject({ act: "move" });
        if (meant?.act === "move") expect(meant.to >= 0 && meant.to < count).toBe(true);
      }),
    );
  });
});
