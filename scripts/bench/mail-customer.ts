/** A customer with fifty thousand messages at the vendor, whose admin is signed in and looks at them in a browser. */
import { type Eyes, openEyes } from "./eyes";
import type { Customer, House } from "./house";

export type MailCustomer = Customer & {
  readonly eyes: Eyes;
  /** Of the product's pages for this customer. */
  readonly home: string;
  /** GET at the vendor's API as the product asks it, by the newest request it made whose path holds this: how long that takes, and the answer, of so many rows. */
  readonly asAsked: (part: string, perPage?: number) => Promise<{ readonly ms: number; readonly body: string }>;
};

export async function mailCustomer(house: House): Promise<MailCustomer> {
  const { control, product, uc } = house;
  const customer = await house.customer("busy-mail");
  const { accountId, tokens } = await control.account(customer.tenant);
  const token = tokens[0]?.value ?? "";
  const entered = await uc.cloudflare.enter(customer.scope, { token, account: accountId });
  if (!entered.ok) throw new Error(entered.problem.say);
  return {
    ...customer,
    eyes: await openEyes(product.url, customer.browser.cookie()),
    home: `${product.url}/t/${customer.scope.tenant}`,
    asAsked: async (part, perPage) => {
      const asked = await control.lastAsked(customer.tenant, part);
      const path = perPage === undefined ? asked : asked.replace(/per_page=\d+/, `per_page=${perPage}`);
      const began = performance.now();
      const answer = await fetch(`${product.sandboxUrl}${path}`, { headers: { authorization: `Bearer ${token}` } });
      const body = await answer.text();
      if (!answer.ok) throw new Error(`${path} answered ${answer.status}.`);
      return { ms: performance.now() - began, body };
    },
  };
}
