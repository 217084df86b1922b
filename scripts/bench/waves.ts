/** Round trips: how many waves a page and a whole tenant take, and what that is worth when every answer takes 150 ms. */
import { nameOf } from "@/lib/model/query";
import { catalogue } from "@/lib/steps/index";
import type { Customer, House } from "./house";
import { listening } from "./listening";
import { median, timed } from "./numbers";
import { at, bounded, type Row, told } from "./report";

const LATENCY_MS = 150;
const ROUNDS = 5;

/** @throws where something could not be read: a look that fails at once is no fast look. */
async function opened(uc: House["uc"], { scope }: Customer, id: string): Promise<void> {
  const looked = await uc.stepFresh(scope, id);
  const unread = looked.ok ? looked.value.checks.find((check) => check.verdict === "unknown") : undefined;
  if (!looked.ok || unread) throw new Error(`${id} could not be read: ${looked.ok ? unread?.saw : looked.problem.say}`);
}

async function wavesOfSteps(house: House, customer: Customer): Promise<Row> {
  const { uc, during } = listening(house);
  const counts: { readonly id: string; readonly count: number }[] = [];
  for (const { id } of catalogue) counts.push({ id, count: (await during(() => opened(uc, customer, id))).waves.length });
  const most = Math.max(...counts.map(({ count }) => count));
  const which = counts.filter(({ count }) => count > 1).map(({ id, count }) => `${id} ${count}`);
  const result = which.length > 0 ? which.join(", ") : `${most} for each of ${counts.length}`;
  return bounded("Waves to open a step", most, 1, { result, bound: "1" });
}

async function wavesOfTenant(house: House, { scope, domains }: Customer): Promise<Row> {
  const { uc, during } = listening(house);
  const { waves } = await during(() => uc.checkAll(scope));
  const asks = waves.map((wave) => wave.length).join(" + ");
  return bounded(`Waves to check all steps, ${domains.length} domains`, waves.length, 2, {
    result: `${waves.length} (${asks} questions)`,
    bound: "2",
  });
}

/** The same questions, each waited for before the next is asked. */
async function oneByOne(house: House, { scope }: Customer): Promise<{ readonly ms: number; readonly asks: number }> {
  const { uc, during } = listening(house);
  const { waves } = await during(() => uc.checkAll(scope));
  const asks = new Map(waves.flat().map((ask) => [nameOf(ask), ask]));
  const world = house.deps.world(scope.tenant, "consent", null);
  const { ms } = await timed(async () => {
    for (const ask of asks.values()) await world.ask([ask]);
  });
  return { ms, asks: asks.size };
}

async function timesWithLatency(house: House, customer: Customer): Promise<readonly Row[]> {
  const check = () => house.uc.checkAll(customer.scope);
  await check(); // tokens and zone cuts are warm from here on
  await house.control.delay(["graph", "exchange", "dns"], LATENCY_MS);
  const rounds: number[] = [];
  for (let round = 0; round < ROUNDS; round++) rounds.push((await timed(check)).ms);
  const alone = await oneByOne(house, customer);
  await house.control.noDelay();
  const together = median(rounds);
  return [
    bounded(`Whole-tenant check, ${LATENCY_MS} ms an answer`, together, 4 * LATENCY_MS, {
      result: `${at(together)} ms (${at(Math.min(...rounds))} to ${at(Math.max(...rounds))})`,
      bound: `${4 * LATENCY_MS} ms`,
    }),
    told(`The same ${alone.asks} questions one after another`, `${at(alone.ms)} ms`),
    told("Ratio", `${at(alone.ms / together, 1)} times`),
  ];
}

export async function waves(house: House): Promise<readonly Row[]> {
  const customer = await house.customer("many");
  await house.uc.checkAll(customer.scope);
  return [await wavesOfSteps(house, customer), await wavesOfTenant(house, customer), ...(await timesWithLatency(house, customer))];
}
