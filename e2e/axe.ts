/** Looks at a page as axe does, light and dark, on a wide screen and on a small phone. */
import { expect, type Page } from "@playwright/test";
import axe from "axe-core";

const usual = [1280, 320] as const;
/** Of what is also drawn as cards: a phone as most people have it. */
export const withPhone = [1280, 390, 320] as const;
const schemes = ["light", "dark"] as const;

async function findings(page: Page): Promise<readonly string[]> {
  const { violations } = await page.evaluate<axe.AxeResults>("axe.run()");
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id} at ${target.join(" ")}: ${failureSummary}`),
  );
}

/** What is folded is part of the page; what is still arriving is not yet. */
async function unfold(page: Page): Promise<void> {
  await page.locator("main details").evaluateAll((all) => {
    for (const one of all) one.setAttribute("open", "");
  });
}

/** Fails with every finding of every look, and when the page has to be scrolled sideways. */
export async function looksRight(page: Page, widths: readonly number[] = usual): Promise<void> {
  await expect(page.getByRole("heading", { level: 1 })).toBeVisible();
  await expect(page.locator("[aria-busy=true]")).toHaveCount(0);
  await unfold(page);
  await page.evaluate(axe.source);
  const found: string[] = [];
  for (const width of widths) {
    await page.setViewportSize({ width, height: 800 });
    if (await page.evaluate(() => document.documentElement.scrollWidth > document.documentElement.clientWidth))
      found.push(`scrolls sideways at ${width}`);
    for (const colorScheme of schemes) {
      await page.emulateMedia({ colorScheme, reducedMotion: "reduce" });
      found.push(...(await findings(page)).map((finding) => `${width} ${colorScheme}: ${finding}`));
    }
  }
  expect.soft(found, new URL(page.url()).pathname).toEqual([]);
}
