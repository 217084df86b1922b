/** Mail trace over fifty thousand messages: how long until the first rows are seen, beside the API's own answer, and whether ten thousand rows scroll as a bare page does. */
import { z } from "zod";
import { MOST_AT_ONCE } from "@/lib/model/mail-search";
import { openedMs, searchedMs } from "./eyes";
import type { House } from "./house";
import { type MailCustomer, mailCustomer } from "./mail-customer";
import { median } from "./numbers";
import { at, bounded, type Row, told } from "./report";
import { smoothness } from "./scrolling";

const TURNS = 9;
/** The sandbox answers from memory, which no service does: with so much more its answers take half a second. */
const ANSWER_MS = 500;
const TIMES_API = 2;
const SEARCH = "/email-security/investigate?";
/** Cloudflare's calls in five minutes are not what is measured. */
const NEW_WINDOW_MS = 301_000;

const rowsShape = z.object({ result: z.array(z.object({ from: z.string() })) });

/** What the vendor took for a search and what a person waited for it, in ms. */
type Waited = { readonly api: readonly number[]; readonly seen: readonly number[] };

/** Each wait, and after it the same question once more without us. */
async function inTurns({ asAsked }: MailCustomer, waits: readonly (() => Promise<number>)[]): Promise<Waited> {
  const [api, seen]: [number[], number[]] = [[], []];
  for (const wait of waits) {
    seen.push(await wait());
    api.push((await asAsked(SEARCH)).ms);
  }
  return { api, seen };
}

const times = ({ api, seen }: Waited): number => median(seen) / median(api);
const words = (waited: Waited): string =>
  `${at(median(waited.seen))} ms (${at(Math.min(...waited.seen))} to ${at(Math.max(...waited.seen))}), the API ${at(median(waited.api))} ms: ${at(times(waited), 2)} times`;

/** Domains that wrote to this customer, so that a search for each finds something. */
async function senders({ asAsked }: MailCustomer): Promise<readonly string[]> {
  const { result } = rowsShape.parse(JSON.parse((await asAsked(SEARCH, MOST_AT_ONCE)).body));
  return [...new Set(result.map(({ from }) => from.slice(from.lastIndexOf("@") + 1)))];
}

async function firstRows(house: House, customer: MailCustomer): Promise<readonly Row[]> {
  const { eyes, home } = customer;
  const open = () => openedMs(eyes.page, `${home}/mail`);
  await open();
  const domains = await senders(customer);
  const search = (domain: string) => () => searchedMs(eyes.page, domain);
  await search(domains[0] ?? "")(); // makes all that the sandbox makes when it is first come to
  const opening = Array.from({ length: TURNS }, () => open);
  const searching = (from: number) => domains.slice(from, from + TURNS).map(search);
  const atOnce = { opened: await inTurns(customer, opening), searched: await inTurns(customer, searching(1)) };
  await house.control.advance(NEW_WINDOW_MS);
  await house.control.delay(["cloudflare"], ANSWER_MS);
  const slow = { opened: await inTurns(customer, opening), searched: await inTurns(customer, searching(1 + TURNS)) };
  await house.control.noDelay();
  await house.control.advance(NEW_WINDOW_MS);
  const kept = (measure: string, waited: Waited) =>
    bounded(measure, times(waited), TIMES_API, { result: words(waited), bound: `${TIMES_API} x the API` });
  return [
    kept("First rows of mail trace over 50,000 messages, opened by its address", slow.opened),
    kept("First rows of a search for a sender, from the press of the button", slow.searched),
    told("The same two while the sandbox answers at once, from memory", `${words(atOnce.opened)}; ${words(atOnce.searched)}`),
  ];
}

export async function mailTrace(house: House): Promise<readonly Row[]> {
  const customer = await mailCustomer(house);
  try {
    return [...(await firstRows(house, customer)), ...(await smoothness(customer))];
  } finally {
    await customer.eyes.close();
  }
}
