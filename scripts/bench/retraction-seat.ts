/** A tenant whose standing order can be turned on: the vendor's application confirmed, a token entered, a table set; and the wires that its workers ask through. */
import { z } from "zod";
import { loadEnv } from "@/lib/base/env";
import { quietLog } from "@/lib/base/log";
import { type ItemCounts, type MailOrder, NO_ITEMS } from "@/lib/model/mail-order";
import { MOST_AT_ONCE, paramsOf, searchOf } from "@/lib/model/mail-search";
import { cutover } from "@/lib/usecases/cutover";
import { mailAccess } from "@/lib/usecases/mail-opening";
import { buildDeps } from "@/lib/wiring";
import type { Meant } from "./moved";
import type { Guest, Place } from "./place";
import { type Behaviour, startWire, type Wire } from "./wire";
import { startWorkerProcess, type WorkerProcess } from "./worker-process";

export type Seat = Place & Guest;
export type Standing = { readonly order: MailOrder; readonly counts: ItemCounts };
/** A worker process with a wire of its own, so that it is known who asked for what. */
export type Hand = { readonly wire: Wire; readonly worker: WorkerProcess };

const DISPOSITION = "SPAM";
const accountShape = z.object({ accountId: z.string(), tokens: z.array(z.object({ value: z.string() })) });
const applicationShape = z.object({ vendorApplication: z.object({ appId: z.string(), ownerId: z.string() }) });

type Answer = { readonly ok: true } | { readonly ok: false; readonly problem: { readonly say: string } };
/** @throws with all that was said. */
function done(answer: Answer): void {
  if (!answer.ok) throw new Error(JSON.stringify(answer));
}

const read = async ({ sandbox }: Place, path: string): Promise<unknown> => (await fetch(`${sandbox.url}/sandbox/${path}`)).json();

/** Fifty thousand messages are there already, and three hundred mailboxes, so that none comes near Microsoft's limit. */
export async function arrives(place: Place): Promise<Seat> {
  const guest = await place.guest("busy-mail");
  const { scope, tenant } = guest;
  const { uc } = place;
  const domains = tenant.domains.map(({ id }) => id).filter((id) => !id.endsWith(".onmicrosoft.com"));
  done(await uc.saveSettings(scope, "choose-domains", { domains, profile: "cloudflare", tracks: ["retraction"] }));
  const { accountId, tokens } = accountShape.parse(await read(place, `cloudflare?tenant=${tenant.id}`));
  done(await uc.cloudflare.enter(scope, { token: tokens[0]?.value ?? "", account: accountId }));
  const { vendorApplication } = applicationShape.parse(await read(place, `vendor-application?tenant=${tenant.id}`));
  const application = `${vendorApplication.appId} ${vendorApplication.ownerId}`;
  done(await uc.saveSettings(scope, "retraction-authorization", { application }));
  done(await uc.checkAll(scope));
  done(await uc.saveSettings(scope, "auto-retract", { by: "cutover", [`table.${DISPOSITION}`]: "junk" }));
  return { ...place, ...guest };
}

/** As its page does, by the time that goes with this wire. */
export async function turnOn({ settings, scope, visitor }: Seat, wire: Wire): Promise<void> {
  const deps = buildDeps(loadEnv({ ...settings, ...wire.settings }), settings["DATABASE_URL"] ?? "", quietLog);
  await deps.clock.refresh();
  done(await cutover(deps).autoRetract.turnOn(scope, visitor, { isSure: false }));
  await deps.store.close();
}

export async function standing({ deps, scope }: Seat): Promise<Standing> {
  const order = await deps.store.mailOrders.standing(scope);
  if (!order) throw new Error("There is no standing order.");
  const counts = (await deps.store.mailItems.counts(scope, [order.id])).get(order.id) ?? NO_ITEMS;
  return { order, counts };
}

export const detections = ({ sandbox, tenant }: Seat, count: number) =>
  sandbox.control("mail/burst", { tenant: tenant.id, count, disposition: DISPOSITION });

export async function hand({ settings, sandbox }: Seat, behaviour: Behaviour): Promise<Hand> {
  const wire = await startWire(sandbox.url, behaviour);
  return { wire, worker: await startWorkerProcess({ ...settings, ...wire.settings }) };
}

/** What the vendor shows of the last hour that is of this disposition: asked beside the wires. */
export async function meantBy({ deps, uc, visitor, scope }: Seat, since: number): Promise<readonly Meant[]> {
  await deps.clock.refresh();
  const mail = await uc.openMail(visitor, scope.tenant);
  if (!mail.ok) throw new Error(mail.problem.say);
  const access = await mailAccess(deps, mail.value);
  if (!access.ok) throw new Error(access.problem.say);
  const search = { ...searchOf(paramsOf({ disposition: DISPOSITION }), deps.clock.now()), from: since };
  const all: Meant[] = [];
  let cursor: string | null = null;
  do {
    const page = await deps.messages.search(access.value, search, { cursor, most: MOST_AT_ONCE });
    if (!page.ok) throw new Error(page.problem.say);
    all.push(...page.value.rows.map(({ id, recipients }) => ({ id, recipients })));
    cursor = page.value.next;
  } while (cursor !== null);
  return all;
}
