/** Customisation is allowed once, and never asked for where it is allowed already. */
import { expect, it } from "vitest";
import { cloudflare } from "@/lib/profiles/cloudflare";
import { organizationCustomization as step } from "./organization-customization";
import { judged } from "./testing";

const config = (IsDehydrated: unknown) => ({ OrganizationConfig: [{ IsDehydrated }] });

it("dehydrated tenant: one change, and it says that it cannot be undone", () => {
  expect(judged(step, {}, config(true)).changes).toMatchObject([{ edits: { IsDehydrated: { from: true, to: false } } }]);
  expect(step.texts(cloudflare).undo).toContain("cannot be undone");
});

it.each([[false], ["False"]])("a customised tenant (%s) needs nothing", (value) => {
  const { changes, check } = judged(step, {}, config(value));
  expect(changes).toEqual([]);
  expect(check("customised")?.verdict).toBe("pass");
});
