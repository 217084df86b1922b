/** A step's page: how long the server takes for it beside a bare page, what it weighs, and whether anything moves while it arrives. */
import { Agent } from "node:http";
import { catalogue, trackOf } from "@/lib/steps/index";
import { startBare } from "./bare";
import { barePort, type Customer, type House } from "./house";
import { at, bounded, type Row, told } from "./report";
import { after, fetched, inTurns, LAST_OF_WHAT_IS_STORED, p95, type Round, TIMES_BARE, timesBare } from "./server-times";
import { screens, type Weighed, weighPages } from "./weigh";

const REQUESTS = 100;
const WARM_UP = 30;
const ROUNDS = 5;
const MOST_KB = 190;

export const hrefOf = ({ scope }: Customer, step: string) => `/t/${scope.tenant}/${trackOf(step).id}/${step}`;

/** All rounds together: picking one of them would pick a result. */
const pooled = (rounds: readonly Round[]): Round => ({ bare: rounds.flatMap((one) => one.bare), step: rounds.flatMap((one) => one.step) });

async function serverTimes(house: House, bareUrl: string): Promise<readonly Row[]> {
  const customer = await house.customer("many");
  const agent = new Agent({ keepAlive: true });
  const page = `${house.product.url}${hrefOf(customer, "allow-list")}`;
  const bare = () => fetched(bareUrl, "</h1>", agent, "");
  const step = () => fetched(page, LAST_OF_WHAT_IS_STORED, agent, customer.browser.cookie());
  await inTurns(after(WARM_UP), bare, step);
  const rounds: Round[] = [];
  for (let round = 0; round < ROUNDS; round++) rounds.push(await inTurns(after(REQUESTS), bare, step));
  agent.destroy();
  const all = pooled(rounds);
  const floor = p95(all.bare, "wholeMs");
  const drawn = p95(all.step, "drawnMs");
  const ratios = rounds.map(timesBare);
  return [
    told("Bare Next page with one query, p95", `${at(floor, 1)} ms (${ROUNDS} rounds of ${REQUESTS} together)`),
    bounded("Step page until all that is stored is drawn, p95", timesBare(all), TIMES_BARE, {
      result: `${at(drawn, 1)} ms: ${at(timesBare(all), 1)} times (single rounds ${at(Math.min(...ratios), 1)} to ${at(Math.max(...ratios), 1)})`,
      bound: `${TIMES_BARE} x bare`,
    }),
    told("Step page with its fresh look, p95", `${at(p95(all.step, "wholeMs"), 1)} ms`),
  ];
}

/** A customer for each screen: only the first look at a step shows what a first visit does. */
async function weights(house: House): Promise<readonly Row[]> {
  const all: Weighed[] = [];
  for (const screen of screens) {
    const customer = await house.customer("many");
    const hrefs = catalogue.map(({ id }) => ({ name: id, href: `${house.product.url}${hrefOf(customer, id)}` }));
    all.push(...(await weighPages(hrefs, customer.browser.cookie(), screen)));
  }
  const heaviest = all.reduce((most, one) => (one.bytes > most.bytes ? one : most));
  const restless = all.reduce((most, one) => (one.shift > most.shift ? one : most));
  return [
    bounded("Transferred for a step page", heaviest.bytes / 1_024, MOST_KB, {
      result: `${at(heaviest.bytes / 1_024)} KB (the heaviest: ${heaviest.name})`,
      bound: `${MOST_KB} KB`,
    }),
    bounded("Layout shift of a step page", restless.shift, 0, {
      result: restless.shift > 0 ? `${at(restless.shift, 6)} (${restless.name}, ${restless.where})` : `0 on ${all.length} visits`,
      bound: "0",
    }),
  ];
}

export async function pages(house: House): Promise<readonly Row[]> {
  const bare = await startBare(barePort, house.databaseUrl);
  try {
    return [...(await serverTimes(house, bare.url)), ...(await weights(house))];
  } finally {
    await bare.stop();
  }
}
