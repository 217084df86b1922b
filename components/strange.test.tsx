/** What a stranger wrote never becomes markup, never turns around what stands beside it, and never floods a page. */
import { renderToStaticMarkup } from "react-dom/server";
import { expect, it } from "vitest";
import { Strange, StrangeWhole } from "./strange";

it("is text, whatever it looks like", () => {
  const html = renderToStaticMarkup(<Strange text={'<script>alert(1)</script><img src=x onerror="x">'} />);
  expect(html).not.toMatch(/<script|<img/);
  expect(html).toContain("&lt;script&gt;");
});

it("stands in a direction of its own, and what would turn it is shown by its number", () => {
  const html = renderToStaticMarkup(<Strange text={"gpj.\u202Eexe"} />);
  expect(html).toMatch(/^<bdi>/);
  expect(html).toContain("U+202E");
  expect(html).not.toContain("\u202E");
});

it("is cut, and says so; the rest is there on demand and bounded as well", () => {
  const long = "x".repeat(100_000);
  expect(renderToStaticMarkup(<Strange text={long} />).length).toBeLessThan(400);
  const whole = renderToStaticMarkup(<StrangeWhole text={long} />);
  expect(whole).toContain("<details");
  expect(whole.length).toBeLessThan(25_000);
  expect(renderToStaticMarkup(<StrangeWhole text="short" />)).not.toContain("<details");
});

it("that is empty, or only blanks, is said in words", () => {
  for (const text of ["", "   "]) expect(renderToStaticMarkup(<Strange text={text} empty="(no subject)" />)).toContain("(no subject)");
});
