/** A count over time as a small line. Its numbers stand in the table after it, so the picture needs no more than a sentence. */
import { figure } from "@/lib/model/figure";
import type { Evidence } from "@/lib/usecases/views";
import { chartOf, HEIGHT, WIDTH } from "./line-chart-shape";

export function LineChart({ evidence }: { readonly evidence: Evidence }) {
  const chart = chartOf(evidence);
  if (chart === null) return null;
  const { path, area, dots, least, most, from, until, say } = chart;
  return (
    <figure className="card space-y-2 px-4 py-4 sm:px-5">
      <figcaption className="font-medium text-strong">{evidence.title}</figcaption>
      <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label={say} className="block h-auto w-full max-w-2xl text-link">
        <title>{say}</title>
        <g className="text-subtle" stroke="currentColor" strokeWidth="1" strokeDasharray="2 4">
          <line x1="0" x2={WIDTH} y1="8" y2="8" />
          <line x1="0" x2={WIDTH} y1={HEIGHT - 8} y2={HEIGHT - 8} />
        </g>
        <path d={area} fill="currentColor" fillOpacity="0.12" />
        <path d={path} fill="none" stroke="currentColor" strokeWidth="2" strokeLinejoin="round" vectorEffect="non-scaling-stroke" />
        {dots.map(({ x, y }) => (
          <circle key={`${x} ${y}`} cx={x} cy={y} r="3" fill="currentColor" />
        ))}
      </svg>
      <p className="flex max-w-2xl flex-wrap justify-between gap-x-4 text-sm text-subtle tabular-nums">
        <span>
          {figure(least)} at {from}
        </span>
        <span>
          {figure(most)} at {until}
        </span>
      </p>
    </figure>
  );
}
