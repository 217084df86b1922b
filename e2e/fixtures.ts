/** What every story has at hand: a customer of its own, the sandbox, and an ear on the browser's console. */
import { type BrowserContext, test as base, expect, type Page } from "@playwright/test";
import { ports } from "./ports";
import { type Sandbox, type SandboxTenant, sandboxAt } from "./sandbox";

export { expect } from "@playwright/test";

/** One company: its tenant at Microsoft, its people and domains, and where its setup lives here. */
export type Customer = {
  readonly id: string;
  readonly name: string;
  readonly home: string;
  readonly domains: readonly string[];
  readonly admin: string;
  readonly exchangeAdmin: string;
  /** Holds no directory role. */
  readonly employee: string;
};

type Given = {
  readonly sandbox: Sandbox;
  readonly customer: (scenario?: string) => Promise<Customer>;
  /** Another person at another browser. */
  readonly elsewhere: () => Promise<Page>;
  /** Complaints of the browser that the story is about, such as a page that is not found. */
  readonly expected: RegExp | null;
  readonly complaints: string[];
};

export function customerOf({ id, name, domains, users }: SandboxTenant): Customer {
  const [admin, exchangeAdmin, employee] = ["admin@", "exchange.admin@", "employee@"].map(
    (start) => users.find(({ upn }) => upn.startsWith(start))?.upn ?? "",
  );
  const own = domains.filter(({ isInitial }) => !isInitial).map((domain) => domain.id);
  return { id, name, home: `/t/${id}`, domains: own, admin: admin ?? "", exchangeAdmin: exchangeAdmin ?? "", employee: employee ?? "" };
}

/** Writes down everything the browser complains about in any of its pages. */
export function listen(context: BrowserContext, complaints: string[]): void {
  context.on("console", (message) => {
    if (message.type() === "error") complaints.push(`${message.text()} (${message.location().url})`);
  });
  context.on("weberror", (error) => complaints.push(String(error.error())));
}

export const test = base.extend<Given>({
  expected: [null, { option: true }],
  complaints: [
    async ({ context, expected }, use) => {
      const complaints: string[] = [];
      listen(context, complaints);
      await use(complaints);
      expect(complaints.filter((said) => !expected?.test(said))).toEqual([]);
    },
    { auto: true },
  ],
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of the fixtures from this pattern
  sandbox: async ({}, use) => use(sandboxAt(`http://127.0.0.1:${ports.sandbox}`)),
  customer: async ({ sandbox }, use) => use(async (scenario = "fresh") => customerOf(await sandbox.tenant(scenario))),
  elsewhere: async ({ browser, baseURL, complaints }, use) => {
    const opened: BrowserContext[] = [];
    await use(async () => {
      const context = await browser.newContext(baseURL === undefined ? {} : { baseURL });
      opened.push(context);
      listen(context, complaints);
      return context.newPage();
    });
    for (const context of opened) await context.close();
  },
});
