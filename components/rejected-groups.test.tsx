import { renderToStaticMarkup } from "react-dom/server";
import { describe, expect, it } from "vitest";
import type { TraceReasonView } from "@/lib/usecases/views/trace";
import { RejectedGroups } from "./rejected-groups";

const reason: TraceReasonView = {
  ...{ reason: "device", title: "Your own devices", what: "Printers.", remedy: "Let it sign in.", count: 1_234 },
  rows: [
    {
      ...{
        key: "k",
        senderDomain: "contoso.com",
        senders: "<b>scan@contoso.com</b>",
        range: "198.51.100.0/24",
        addresses: "198.51.100.20",
      },
      ...{ recipients: "ann@contoso.com", because: "", count: 1_000, delivered: 900, first: 1, last: 2 },
    },
  ],
  more: { groups: 3, count: 234 },
};
const drawn = (reasons: readonly TraceReasonView[], isOver = true) =>
  renderToStaticMarkup(<RejectedGroups reasons={reasons} download="/api/csv" isOver={isOver} />);

describe("the groups of a report", () => {
  it("say what to do, how much stands in the file alone, and are named tables", () => {
    const html = drawn([reason]);
    expect(html).toContain("What to do: ");
    expect(html).toContain("1,234 messages");
    expect(html).toContain("3 groups");
    expect(html).toContain("<caption>Your own devices</caption>");
    expect(html).toContain('aria-labelledby="reason-device"');
  });

  it("what a sender calls himself is text", () => {
    expect(drawn([reason])).toContain("&lt;b&gt;scan@contoso.com&lt;/b&gt;");
  });

  it("nothing found says whether the look is over", () => {
    expect(drawn([])).toContain("would be refused in this time");
    expect(drawn([], false)).toContain("so far");
  });
});
