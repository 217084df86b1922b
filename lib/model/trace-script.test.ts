import { expect, test } from "vitest";
import { parse } from "@/lib/laws/powershell/tree";
import { traceScript } from "./trace-script";

const script = traceScript({ vendor: ["52.11.209.211", "104.30.32.0/24"], days: 10 });

test("the command to run by hand parses, and only looks", async () => {
  await parse(script);
  expect(script).not.toMatch(/\b(Set|New|Remove|Enable|Disable)-(?!Object)/);
});

test("it goes on as Microsoft's page says: by the last row's time and recipient, no more than ten days a query", () => {
  expect(script).toContain("$until = $page[-1].Received; $from = $page[-1].RecipientAddress");
  expect(script).toContain("$days = 10");
});
