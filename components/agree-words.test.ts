import { expect, it } from "vitest";
import { actOf } from "./agree-words";

it("says the act, its size and where, and that leaving some out is meant", () => {
  expect(actOf(2, 2, "Contoso")).toBe("Change 2 settings in Contoso");
  expect(actOf(1, 1, "Contoso")).toBe("Change 1 setting in Contoso");
  expect(actOf(1, 3, "Contoso")).toBe("Change only 1 setting of 3 in Contoso");
  expect(actOf(0, 3, "Contoso")).toBe("Tick at least one change");
});
