/** For tests over the whole product: an admin who has messages moved after delivery, and what the vendor and people's mailboxes then say. Not used by the product. */
import { z } from "zod";
import type { Folder } from "@/lib/model/destinations";
import type { FoundMessage } from "@/lib/model/found-message";
import { paramsOf, searchOf } from "@/lib/model/mail-search";
import type { inlineVerbs } from "./inline-testing";
import { mailAccess } from "./mail-opening";
import type { Customer, Practice } from "./practice";
import type { Form } from "./settings";
import { MINUTE, type verbs } from "./testing";

const applicationShape = z.object({ vendorApplication: z.looseObject({ appId: z.string(), ownerId: z.string() }).nullable() });
const movesShape = z.object({
  moves: z.array(
    z.looseObject({
      messageId: z.string(),
      recipient: z.string(),
      destination: z.string(),
      by: z.string(),
      success: z.boolean(),
      status: z.string(),
    }),
  ),
});
const copyShape = z.looseObject({ subject: z.string() });
const boxesShape = z.looseObject({
  mailboxes: z.array(z.looseObject({ address: z.string(), folders: z.record(z.string(), z.array(copyShape)) })),
});

export function retractionVerbs(house: Practice, I: ReturnType<typeof verbs>, my: ReturnType<typeof inlineVerbs>) {
  const at = (customer: Customer, part: string) => `${part}@${my.domainsOf(customer)[0] ?? ""}`;
  const mailOf = async ({ visitor, tenant }: Customer) => {
    const mail = await house.uc.openMail(visitor, tenant.id);
    if (!mail.ok) throw new Error(mail.problem.say);
    return mail.value;
  };

  /** In the vendor's dashboard; null takes its permissions away. */
  const authorises = async ({ tenant }: Customer, roles?: readonly string[] | null): Promise<void> => {
    await house.sandbox.control("vendor-application", { tenant: tenant.id, ...(roles === undefined ? {} : { roles }) });
  };

  /** The application that was found is confirmed by both of its ids. */
  async function confirms(customer: Customer): Promise<void> {
    const { vendorApplication } = applicationShape.parse(await I.read(`vendor-application?tenant=${customer.tenant.id}`));
    const ids = vendorApplication ? `${vendorApplication.appId} ${vendorApplication.ownerId}` : "";
    await my.save(customer, "retraction-authorization", { application: ids });
    await I.fresh(customer, "retraction-authorization");
  }

  /** As far as a vendor that may move. */
  async function arrives(scenario = "retraction"): Promise<Customer> {
    const customer = await my.arrives(scenario, "area1");
    await my.save(customer, "choose-domains", { tracks: ["retraction"] });
    if (scenario === "retraction") await authorises(customer);
    await confirms(customer);
    return customer;
  }

  /** The step's form; what it says is not yet done by it. */
  const tables = (customer: Customer, table: Readonly<Record<string, string>>, more: Form = {}) => {
    const form = Object.fromEntries(Object.entries(table).map(([disposition, choice]) => [`table.${disposition}`, choice]));
    return my.save(customer, "auto-retract", { by: "cutover", ...form, ...more });
  };

  /** The newest message of the vendor's, by its subject, or by what else is said. */
  async function found(customer: Customer, what: string | Readonly<Record<string, string>>): Promise<FoundMessage> {
    const access = await mailAccess(house.deps, await mailOf(customer));
    if (!access.ok) throw new Error(access.problem.say);
    const search = searchOf(paramsOf({ all: "yes", ...(typeof what === "string" ? { subject: what } : what) }), house.deps.clock.now());
    const page = await house.deps.messages.search(access.value, search, { cursor: null, most: 100 });
    if (!page.ok) throw new Error(page.problem.say);
    const [row] = page.value.rows;
    if (!row) throw new Error(`The vendor has seen nothing of ${JSON.stringify(what)}.`);
    return row;
  }

  const sends = async (customer: Customer, subject: string, more: { readonly to?: string; readonly disposition?: string } = {}) => {
    const { to = at(customer, "employee"), disposition = "MALICIOUS" } = more;
    const letter = { tenant: customer.tenant.id, from: "person@sender.example", to, subject, disposition, via: "direct" };
    await house.sandbox.control("mail", letter);
    await I.wait(MINUTE);
  };

  /** In which folders of which mailboxes a message lies. */
  async function liesIn({ tenant }: Customer, subject: string): Promise<Readonly<Record<string, string>>> {
    const { mailboxes } = boxesShape.parse(await I.read(`mailboxes?tenant=${tenant.id}`));
    const places = mailboxes.flatMap(({ address, folders }) =>
      Object.entries(folders).flatMap(([folder, copies]) =>
        copies.some((copy) => copy.subject === subject) ? [[address, folder] as const] : [],
      ),
    );
    return Object.fromEntries(places);
  }

  const idIn = (href: string | undefined): string => /orders\/([0-9a-f-]+)/.exec(href ?? "")?.[1] ?? "";
  async function drafts(customer: Customer, ids: readonly string[], destination: Folder): Promise<string> {
    const drafted = await house.uc.orders.draft(await mailOf(customer), { kind: "retract", destination, ids, search: null });
    if (!drafted.ok) throw new Error(drafted.problem.say);
    return idIn(drafted.href);
  }
  const order = async ({ scope, visitor }: Customer, id: string) => {
    const page = await house.uc.orders.page(scope, visitor, id);
    if (!page.ok) throw new Error(page.problem.say);
    return page.value;
  };
  const work = async ({ scope }: Customer, id: string) => {
    await house.uc.work.due();
    await house.uc.work.mailOrder({ tenant: scope.tenant, order: id });
  };
  async function agrees(customer: Customer, id: string, isSure = false): Promise<void> {
    const done = await house.uc.orders.agree(customer.scope, customer.visitor, id, { reason: "", isSure });
    if (!done.ok) throw new Error(done.problem.say);
    await work(customer, id);
  }
  const standing = async ({ scope }: Customer): Promise<string> => (await house.deps.store.mailOrders.standing(scope))?.id ?? "";

  return {
    ...{ at, mailOf, authorises, confirms, arrives, tables, found, sends, liesIn, drafts, order, work, agrees, standing, idIn },
    /** Draft, agree, and the worker's turn. */
    moves: async (customer: Customer, ids: readonly string[], destination: Folder): Promise<string> => {
      const id = await drafts(customer, ids, destination);
      await agrees(customer, id, true);
      return id;
    },
    turnsOn: async ({ scope, visitor }: Customer, isSure = false): Promise<void> => {
      const on = await house.uc.autoRetract.turnOn(scope, visitor, { isSure });
      if (!on.ok) throw new Error(on.problem.say);
    },
    /** So many minutes, with the worker's turn in each. */
    minutes: async (customer: Customer, count: number): Promise<void> => {
      for (let minute = 0; minute < count; minute++) {
        await I.wait(MINUTE);
        await work(customer, await standing(customer));
      }
    },
    auto: async ({ scope, visitor }: Customer) => {
      const page = await house.uc.autoRetract.page(scope, visitor);
      if (!page.ok) throw new Error(page.problem.say);
      return page.value;
    },
    /** Every move that anybody asked of the vendor. */
    record: async ({ tenant }: Customer) => movesShape.parse(await I.read(`cloudflare/moves?tenant=${tenant.id}`)).moves,
    vendorMoves: async ({ tenant }: Customer, on: boolean): Promise<void> => {
      await house.sandbox.control("cloudflare/retract", { tenant: tenant.id, on, table: { MALICIOUS: "JunkEmail", SPAM: "JunkEmail" } });
    },
  };
}
