/** The colours of app/globals.css, paired as the components pair them, in both schemes. */
import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";

const css = readFileSync(new URL("../app/globals.css", import.meta.url), "utf8");

/** Name of the token -> its light and its dark value. */
function tokens(kind: string): Map<string, readonly [string, string]> {
  const found = css.matchAll(new RegExp(`--${kind}-([a-z-]+): (?:light-dark\\((#\\w{6}), (#\\w{6})\\)|(#\\w{6}));`, "g"));
  return new Map([...found].map(([, name = "", light, dark, both]) => [name, [light ?? both ?? "", dark ?? both ?? ""] as const]));
}

function luminance(hex: string): number {
  const part = (at: number) => {
    const c = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return c <= 0.03928 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4;
  };
  return 0.2126 * part(1) + 0.7152 * part(3) + 0.0722 * part(5);
}

function contrast(a: string, b: string): number {
  const [dark = 0, light = 0] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return (light + 0.05) / (dark + 0.05);
}

const text = tokens("text-color");
const fill = tokens("background-color");
const border = tokens("border-color");
const surfaces = ["canvas", "base", "elevated", "recessed", "tint"];
const statuses = ["info", "progress", "success", "warning", "notice", "danger", "neutral"];
const plain = ["default", "strong", "subtle", "inactive", "link"];

const pairs = [
  ...[...plain, ...statuses].flatMap((t) => surfaces.map((s) => [t, s] as const)),
  ...statuses.flatMap((s) => [s, "default", "strong", "subtle", "link"].map((t) => [t, `${s}-tint`] as const)),
  ...["accent", "accent-hover", "danger-fill", "danger-fill-hover"].map((s) => ["on-accent", s] as const),
];

describe.each([
  ["light", 0],
  ["dark", 1],
] as const)("in the %s scheme", (_, scheme) => {
  it.each(pairs)("%s can be read on %s", (t, s) => {
    expect(contrast(text.get(t)?.[scheme] ?? "", fill.get(s)?.[scheme] ?? "")).toBeGreaterThanOrEqual(4.5);
  });

  it.each(surfaces)("the edge of a control can be seen on %s", (s) => {
    expect(contrast(border.get("line")?.[scheme] ?? "", fill.get(s)?.[scheme] ?? "")).toBeGreaterThanOrEqual(3);
  });
});
