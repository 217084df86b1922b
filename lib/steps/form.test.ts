/** A submitted form keeps its entries, whatever their names. */
import { expect, it } from "vitest";
import { rawSettings } from "./form";

it("repeated names are a list, bracketed ones a record, empty ones are left out", () => {
  const raw = rawSettings([
    ["domains", "a.example"],
    ["domains", "b.example"],
    ["profile", "area1"],
    ["oldTtl[a.example]", "3600"],
    ["oldTtl[b.example]", " "],
    ["dnsPerson", ""],
  ]);
  expect({ ...raw }).toEqual({ domains: ["a.example", "b.example"], profile: "area1", oldTtl: { "a.example": "3600" } });
});

it("a field called __proto__ changes no object's prototype", () => {
  rawSettings([
    ["__proto__[polluted]", "yes"],
    ["constructor[prototype]", "x"],
    ["x[__proto__]", "y"],
  ]);
  expect(Object.hasOwn(Object.prototype, "polluted")).toBe(false);
});
