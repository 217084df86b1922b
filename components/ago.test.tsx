import { renderToStaticMarkup } from "react-dom/server";
import { describe, expect, it } from "vitest";
import { Ago } from "./ago";
import { At } from "./at";
import { Countdown } from "./countdown";
import { NowProvider } from "./now";

const at = Date.UTC(2026, 4, 3, 12, 4);
const drawn = (node: React.ReactNode, now: number) => renderToStaticMarkup(<NowProvider now={now}>{node}</NowProvider>);

describe("a time on the page", () => {
  it("is drawn by the server from the product's clock, not the machine's, so hydration agrees", () => {
    expect(drawn(<Ago at={at} />, at + 14_000)).toBe(
      '<time dateTime="2026-05-03T12:04:00.000Z" title="3 May 2026, 12:04 UTC">14 s ago</time>',
    );
  });

  it("names its zone until the browser's own is known", () => {
    expect(drawn(<At at={at} />, at)).toContain(">12:04 UTC<");
    expect(drawn(<At at={at} day />, at)).toContain(">3 May 2026<");
  });

  it("counts down and stops at the moment", () => {
    expect(drawn(<Countdown until={at} />, at - 7_500_000)).toContain(">2 h 5 min left<");
    expect(drawn(<Countdown until={at} over="It is time" />, at + 1)).toContain(">It is time<");
  });
});
