/** For stories that let days pass: a house of their own, because the clock is shared, and a session or a plan of another story would grow old. */
import { test as base } from "./fixtures";
import { portsOfDays } from "./ports";
import { type House, openHouse } from "./server";

export const test = base.extend<object, { readonly house: House }>({
  house: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of the fixtures from this pattern
    async ({}, use) => {
      const house = await openHouse("data", portsOfDays);
      await house.start();
      await use(house);
      await house.end();
    },
    { scope: "worker", timeout: 90_000 },
  ],
  baseURL: async ({ house }, use) => use(house.url),
  sandbox: async ({ house }, use) => use(house.sandbox),
});
