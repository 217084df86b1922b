/** From a table of times and counts to the points of a line. */

export const WIDTH = 600;
export const HEIGHT = 140;
/** Room for the dots. */
const EDGE = 8;
/** More dots than this hide the line. */
const MOST_DOTS = 24;

type Table = { readonly rows: readonly (readonly string[])[] };
type Dot = { readonly x: number; readonly y: number };
export type Chart = {
  readonly path: string;
  readonly area: string;
  readonly dots: readonly Dot[];
  readonly least: number;
  readonly most: number;
  /** Times as the table writes them, to the minute. */
  readonly from: string;
  readonly until: string;
  readonly say: string;
};

/** "2026-05-03 11:30:00 UTC" */
const timeOf = (said: string): number => Date.parse(said.replace(" UTC", "Z").replace(" ", "T"));
const minuteOf = (said: string): string => said.replace(/:\d\d UTC$/, " UTC");
const round = (n: number): number => Math.round(n * 10) / 10;

/** null for less than two points: there is no line then. */
export function chartOf({ rows }: Table): Chart | null {
  const points = rows
    .map(([said = "", count = ""]) => ({ said, at: timeOf(said), total: Number(count) }))
    .filter(({ at, total }) => Number.isFinite(at) && Number.isFinite(total));
  const [first, last] = [points[0], points.at(-1)];
  if (!first || !last || last.at <= first.at) return null;
  const totals = points.map(({ total }) => total);
  const [low, high] = [Math.min(...totals), Math.max(...totals)];
  const dots = points.map(({ at, total }) => ({
    x: round(EDGE + ((at - first.at) / (last.at - first.at)) * (WIDTH - 2 * EDGE)),
    // A count that has not moved is a line along the bottom.
    y: round(HEIGHT - EDGE - (high === low ? 0 : (total - low) / (high - low)) * (HEIGHT - 2 * EDGE)),
  }));
  const path = dots.map(({ x, y }, i) => `${i === 0 ? "M" : "L"}${x} ${y}`).join(" ");
  const foot = HEIGHT - EDGE;
  const [from, until] = [minuteOf(first.said), minuteOf(last.said)];
  const way = last.total > first.total ? "It grew" : last.total < first.total ? "It fell" : "It did not change";
  return {
    path,
    area: `${path} L${dots.at(-1)?.x ?? 0} ${foot} L${dots[0]?.x ?? 0} ${foot} Z`,
    dots: dots.length > MOST_DOTS ? [] : [...new Map(dots.map((dot) => [`${dot.x} ${dot.y}`, dot])).values()],
    least: first.total,
    most: last.total,
    from,
    until,
    say: `${way}: ${first.total} at ${from}, ${last.total} at ${until}. The numbers stand in the table below.`,
  };
}
