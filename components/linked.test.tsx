import { renderToStaticMarkup } from "react-dom/server";
import { expect, it } from "vitest";
import { Linked } from "./linked";

it("makes addresses links and leaves the sentence's own full stop out of them", () => {
  const html = renderToStaticMarkup(
    <Linked text="It is described here: https://support.example/mx/. Then (see https://a.example) look again." />,
  );
  expect(html).toContain('href="https://support.example/mx/"');
  expect(html).toContain('href="https://a.example"');
  expect(html).toContain(". Then (see ");
});

it("links nothing that is not https, so that a text from outside can't bring a script", () => {
  expect(renderToStaticMarkup(<Linked text="javascript:alert(1) http://plain.example" />)).not.toContain("<a");
});
