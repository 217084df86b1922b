/** A host stands below a name on a label boundary only, however it is written. */
import { expect, it } from "vitest";
import { isUnder } from "./host-name";

const GOOGLE = ["google.com", "googlemail.com"];

it.each(["google.com", "aspmx.l.google.com", "ASPMX.L.GOOGLE.COM.", "mx.googlemail.com"])("%s is Google's", (host) => {
  expect(isUnder(host, GOOGLE)).toBe(true);
});

it.each(["notgoogle.com", "google.com.evil.example", "com", "", "."])("“%s” is not", (host) => {
  expect(isUnder(host, GOOGLE)).toBe(false);
});

it("nothing stands below no names", () => {
  expect(isUnder("google.com", [])).toBe(false);
});
