import { renderToStaticMarkup } from "react-dom/server";
import { describe, expect, it } from "vitest";
import { LineChart } from "./line-chart";
import { chartOf } from "./line-chart-shape";

const table = (...rows: readonly (readonly [string, string])[]) => ({ title: "Messages processed", columns: ["Time", "Messages"], rows });
const grown = table(["2026-05-03 11:30:00 UTC", "3"], ["2026-05-03 11:45:00 UTC", "3"], ["2026-05-03 12:00:00 UTC", "1207"]);

describe("a line of a count over time", () => {
  it("says in words what it shows, and where the numbers stand", () => {
    const html = renderToStaticMarkup(<LineChart evidence={grown} />);
    expect(html).toContain('role="img"');
    expect(html).toContain("It grew: 3 at 2026-05-03 11:30 UTC, 1207 at 2026-05-03 12:00 UTC.");
    expect(html).toContain("1,207 at 2026-05-03 12:00 UTC");
  });

  it("goes by time from left to right and by count from bottom to top", () => {
    expect(chartOf(grown)?.dots).toEqual([
      { x: 8, y: 132 },
      { x: 300, y: 132 },
      { x: 592, y: 8 },
    ]);
  });

  it("has no style of its own, which the content policy would refuse", () => {
    expect(renderToStaticMarkup(<LineChart evidence={grown} />)).not.toContain("style=");
  });

  it("a count that has not moved is a line, not a fault; one point is none", () => {
    expect(chartOf(table(["2026-05-03 11:30:00 UTC", "3"], ["2026-05-03 11:31:00 UTC", "3"]))?.path).toBe("M8 132 L592 132");
    expect(renderToStaticMarkup(<LineChart evidence={table(["2026-05-03 11:30:00 UTC", "3"])} />)).toBe("");
    expect(chartOf(table(["soon", "3"], ["later", "4"]))).toBeNull();
  });
});
