/** What the parts of the bench have to say: rows of one table, and the machine they were measured on. */
import { cpus, totalmem } from "node:os";

export type Row = {
  readonly measure: string;
  readonly result: string;
  readonly bound: string;
  readonly verdict: "kept" | "broken" | "";
};

export const at = (value: number, digits = 0): string => value.toLocaleString("en-US", { maximumFractionDigits: digits });

/** A number that must not be larger than its bound. */
export function bounded(measure: string, value: number, bound: number, words: { readonly result: string; readonly bound: string }): Row {
  return { measure, result: words.result, bound: words.bound, verdict: value <= bound ? "kept" : "broken" };
}

/** A number that nobody has promised anything about. */
export const told = (measure: string, result: string): Row => ({ measure, result, bound: "", verdict: "" });

const heads: Row = { measure: "Measure", result: "Result", bound: "Bound", verdict: "" };

/** The rows as a Markdown table, so that it can be pasted into docs/bench.md as it is. */
export function table(rows: readonly Row[]): string {
  const columns = ["measure", "result", "bound", "verdict"] as const;
  const widths = columns.map((column) => Math.max(7, ...[heads, ...rows].map((row) => row[column].length)));
  const line = (cells: readonly string[]) => `| ${cells.map((cell, nth) => cell.padEnd(widths[nth] ?? 0)).join(" | ")} |`;
  return [
    line([heads.measure, heads.result, heads.bound, "Verdict"]),
    line(widths.map((width) => "-".repeat(width))),
    ...rows.map((row) => line(columns.map((column) => row[column]))),
  ].join("\n");
}

export function machine(): string {
  const [cpu] = cpus();
  const memory = `${at(totalmem() / 2 ** 30)} GB`;
  return `${new Date().toISOString().slice(0, 10)}, ${cpu?.model.trim() || "unknown processor"}, ${cpus().length} cores, ${memory}, Node ${process.versions.node}, ${process.platform} ${process.arch}`;
}
