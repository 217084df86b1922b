import { renderToStaticMarkup } from "react-dom/server";
import { describe, expect, it } from "vitest";
import type { ItemView } from "@/lib/usecases/views/mail-orders";
import { MailItems } from "./mail-items";

const item: ItemView = {
  ...{ message: "5f:a/b c", subject: "<script>alert(1)</script>", from: "evil\u202e@x.example", recipients: ["ann@contoso.com"] },
  ...{ disposition: "MALICIOUS", at: 1, destination: "JunkEmail", state: "failed", results: [], retryAt: null, tries: 1, say: null },
};
const drawn = (more: Partial<ItemView>, show: "state" | "to" | "neither" = "state") =>
  renderToStaticMarkup(<MailItems tenant="t" items={[{ ...item, ...more }]} show={show} />);
const result = (n: number, success: boolean) => ({
  recipient: `p${n}@contoso.com`,
  success,
  say: "So.",
  remedy: success ? null : "Do this.",
});

describe("the messages of an order", () => {
  it("are text, whatever strangers wrote, and keep their direction to themselves", () => {
    const html = drawn({});
    expect(html).toContain("&lt;script&gt;");
    expect(html).not.toContain("<script");
    expect(html).toContain("<bdi>evil");
    expect(html).not.toContain("\u202e");
    expect(html).toContain('href="/t/t/mail/5f%3Aa%2Fb%20c"');
  });

  it("what failed for somebody is shown with its remedy, however many succeeded", () => {
    const html = drawn({ results: [...Array.from({ length: 9 }, (_, i) => result(i, true)), result(9, false)] });
    const [before = ""] = html.split("<details>");
    expect(before).toContain("p9@contoso.com");
    expect(before).toContain("Do this.");
    expect(html).toContain("Done for 9 people");
  });

  it("has no state before anybody agreed", () => {
    expect(drawn({ state: "waiting" }, "neither")).not.toContain("Waiting");
    expect(drawn({ state: "waiting" }, "to")).toContain("To Junk Email");
  });
});
