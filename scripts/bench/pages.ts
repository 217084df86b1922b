/** A step's page: how long the server takes for it beside a bare page, what it weighs, and whether anything moves while it arrives. */
import { Agent, get } from "node:http";
import { PassThrough, type Transform } from "node:stream";
import { createBrotliDecompress, createGunzip } from "node:zlib";
import { catalogue, trackOf } from "@/lib/steps/index";
import { startBare } from "./bare";
import { barePort, type Customer, type House } from "./house";
import { quantile } from "./numbers";
import { at, bounded, type Row, told } from "./report";
import { screens, type Weighed, weighPages } from "./weigh";

const REQUESTS = 100;
const WARM_UP = 30;
const ROUNDS = 5;
const TIMES_BARE = 3;
const MOST_KB = 190;
/** The last heading of a step's page: with it stands all that is drawn before the clouds are asked. */
const LAST_OF_WHAT_IS_STORED = 'id="more"';

type Took = { readonly drawnMs: number; readonly wholeMs: number };

const decoders: Readonly<Record<string, () => Transform>> = { br: createBrotliDecompress, gzip: createGunzip };

/** One GET over a kept connection, as a browser asks: until `mark` has arrived, and until all of the page is there. */
function fetched(url: string, mark: string, agent: Agent, cookie: string): Promise<Took> {
  return new Promise((resolve, reject) => {
    const began = performance.now();
    get(url, { agent, headers: { cookie, accept: "text/html", "accept-encoding": "gzip, br" } }, (answer) => {
      if (answer.statusCode !== 200) reject(new Error(`${url} answered ${answer.statusCode}.`));
      const decoder = decoders[answer.headers["content-encoding"] ?? ""]?.() ?? new PassThrough();
      let text = "";
      let drawnMs = 0;
      answer.pipe(decoder).on("data", (bytes: Buffer) => {
        text += bytes.toString("latin1");
        if (drawnMs === 0 && text.includes(mark)) drawnMs = performance.now() - began;
      });
      decoder.once("end", () =>
        drawnMs > 0 ? resolve({ drawnMs, wholeMs: performance.now() - began }) : reject(new Error(`${url} has no ${mark}.`)),
      );
    }).once("error", reject);
  });
}

const hrefOf = ({ scope }: Customer, step: string) => `/t/${scope.tenant}/${trackOf(step).id}/${step}`;

type Round = { readonly bare: readonly Took[]; readonly step: readonly Took[] };

const p95 = (all: readonly Took[], of: keyof Took) =>
  quantile(
    all.map((one) => one[of]),
    0.95,
  );

/** In turns, so that whatever else the machine does meanwhile hits both alike. */
async function inTurns(requests: number, bare: () => Promise<Took>, step: () => Promise<Took>): Promise<Round> {
  const round: { readonly bare: Took[]; readonly step: Took[] } = { bare: [], step: [] };
  for (let request = 0; request < requests; request++) {
    round.bare.push(await bare());
    round.step.push(await step());
  }
  return round;
}

/** All rounds together: picking one of them would pick a result. */
const pooled = (rounds: readonly Round[]): Round => ({ bare: rounds.flatMap((one) => one.bare), step: rounds.flatMap((one) => one.step) });
const timesBare = ({ bare, step }: Round): number => p95(step, "drawnMs") / p95(bare, "wholeMs");

async function serverTimes(house: House, bareUrl: string): Promise<readonly Row[]> {
  const customer = await house.customer("many");
  const agent = new Agent({ keepAlive: true });
  const page = `${house.product.url}${hrefOf(customer, "allow-list")}`;
  const bare = () => fetched(bareUrl, "</h1>", agent, "");
  const step = () => fetched(page, LAST_OF_WHAT_IS_STORED, agent, customer.browser.cookie());
  await inTurns(WARM_UP, bare, step);
  const rounds: Round[] = [];
  for (let round = 0; round < ROUNDS; round++) rounds.push(await inTurns(REQUESTS, bare, step));
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
