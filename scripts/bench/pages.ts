/** A step's page: how long the server takes for it beside a bare page, what it weighs, and whether anything moves while it arrives. */
import { Agent, get } from "node:http";
import { catalogue, trackOf } from "@/lib/steps/index";
import { startBare } from "./bare";
import { barePort, type Customer, type House } from "./house";
import { quantile } from "./numbers";
import { at, bounded, type Row, told } from "./report";
import { screens, type Weighed, weighPages } from "./weigh";

const REQUESTS = 100;
const WARM_UP = 20;
const TIMES_BARE = 3;
const MOST_KB = 190;

type Took = { readonly firstMs: number; readonly wholeMs: number };

/** One GET over a kept connection: until the page begins to arrive, and until all of it is there. */
function fetched(url: string, agent: Agent, cookie: string): Promise<Took> {
  return new Promise((resolve, reject) => {
    const began = performance.now();
    get(url, { agent, headers: { cookie, accept: "text/html", "accept-encoding": "gzip" } }, (answer) => {
      let firstMs = 0;
      if (answer.statusCode !== 200) reject(new Error(`${url} answered ${answer.statusCode}.`));
      answer.on("data", () => {
        firstMs ||= performance.now() - began;
      });
      answer.once("end", () => resolve({ firstMs, wholeMs: performance.now() - began }));
    }).once("error", reject);
  });
}

const hrefOf = ({ scope }: Customer, step: string) => `/t/${scope.tenant}/${trackOf(step).id}/${step}`;

/** In turns, so that whatever else the machine does meanwhile hits both alike. */
async function serverTimes(house: House, bareUrl: string): Promise<readonly Row[]> {
  const customer = await house.customer("many");
  const agent = new Agent({ keepAlive: true });
  const page = `${house.product.url}${hrefOf(customer, "allow-list")}`;
  const bare: Took[] = [];
  const step: Took[] = [];
  for (let request = 0; request < WARM_UP + REQUESTS; request++) {
    bare.push(await fetched(bareUrl, agent, ""));
    step.push(await fetched(page, agent, customer.browser.cookie()));
  }
  agent.destroy();
  const p95 = (all: readonly Took[], of: keyof Took) =>
    quantile(
      all.slice(WARM_UP).map((one) => one[of]),
      0.95,
    );
  const floor = p95(bare, "wholeMs");
  const first = p95(step, "firstMs");
  return [
    told("Bare Next page with one query, p95", `${at(floor, 1)} ms`),
    bounded("Step page until it is drawn, p95", first / floor, TIMES_BARE, {
      result: `${at(first, 1)} ms: ${at(first / floor, 1)} times`,
      bound: `${TIMES_BARE} x bare`,
    }),
    told("Step page with its fresh look, p95", `${at(p95(step, "wholeMs"), 1)} ms`),
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
      result: restless.shift > 0 ? `${at(restless.shift, 4)} (${restless.name}, ${restless.where})` : `0 on ${all.length} visits`,
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
