/** How long the server takes for a page beside a bare one: asked in turns over kept connections, by somebody signed in. */
import { type Agent, get } from "node:http";
import { PassThrough, type Transform } from "node:stream";
import { createBrotliDecompress, createGunzip } from "node:zlib";
import { quantile } from "./numbers";

/** What was promised of a step's page. */
export const TIMES_BARE = 3;
/** The last heading of a step's page: with it stands all that is drawn before the clouds are asked. */
export const LAST_OF_WHAT_IS_STORED = 'id="more"';

export type Took = { readonly drawnMs: number; readonly wholeMs: number };
export type Round = { readonly bare: readonly Took[]; readonly step: readonly Took[] };

const decoders: Readonly<Record<string, () => Transform>> = { br: createBrotliDecompress, gzip: createGunzip };

/** One GET over a kept connection, as a browser asks: until `mark` has arrived, and until all of the page is there. */
export function fetched(url: string, mark: string, agent: Agent, cookie: string): Promise<Took> {
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

/** In turns, so that whatever else the machine does meanwhile hits both alike. @param isOver told how many turns there were. */
export async function inTurns(isOver: (turns: number) => boolean, bare: () => Promise<Took>, step: () => Promise<Took>): Promise<Round> {
  const round: { readonly bare: Took[]; readonly step: Took[] } = { bare: [], step: [] };
  for (let turns = 0; !isOver(turns); turns++) {
    round.bare.push(await bare());
    round.step.push(await step());
  }
  return round;
}

export const after = (requests: number) => (turns: number) => turns >= requests;

export const p95 = (all: readonly Took[], of: keyof Took) =>
  quantile(
    all.map((one) => one[of]),
    0.95,
  );
export const timesBare = ({ bare, step }: Round): number => p95(step, "drawnMs") / p95(bare, "wholeMs");
