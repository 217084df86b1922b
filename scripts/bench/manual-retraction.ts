/** A thousand messages chosen in the browser, moved and put back: the action answers at once, the page tells how far it is by itself, and each is moved once. */
import type { Page } from "@playwright/test";
import { z } from "zod";
import { startBare } from "./bare";
import { beginNumbers, numbersSeen } from "./eyes";
import { barePort, type House } from "./house";
import { type MailCustomer, mailCustomer } from "./mail-customer";
import { heldAgainst, type Meant, movesOf, type Once, wrongIn } from "./moved";
import { median, timed } from "./numbers";
import { at, bounded, type Row, told } from "./report";

const MESSAGES = 1_000;
const DISPOSITION = "SPOOF";
/** Moved to each of these, and back. */
const FOLDERS = ["Junk Email", "Deleted Items", "Recoverable Items (deletions)"] as const;
const INBOX = "the Inbox";
/** Cloudflare's calls in five minutes are not what is measured. */
const NEW_WINDOW_MS = 301_000;
const ENDS_WITHIN_MS = 180_000;
/** A person takes what comes within it for an answer to the press (Nielsen, Response Times: the flow of thought stays whole for a second). */
const AT_ONCE_MS = 1_000;
const LEAST_SEEN = 8;
/** The sandbox moves a hundred messages in less time than a page is drawn in; each call takes so much longer here, as over a network. */
const ANSWER_MS = 300;
const BARE_TURNS = 5;

const foundShape = z.object({ result: z.array(z.object({ id: z.string(), client_recipients: z.array(z.string()) })) });

/** From the press of a button until the action has answered; the page that it leads to follows in the same answer. */
async function actionMs(page: Page, press: () => Promise<void>): Promise<number> {
  const answered = page.waitForResponse((answer) => answer.request().method() === "POST");
  await press();
  return (await answered).request().timing().responseStart;
}

type Done = {
  readonly draftedMs: number;
  readonly agreedMs: number;
  /** Until the page said that it is over, in ms since the press. */
  readonly overMs: number;
  /** How many the page said were done, one after the other. */
  readonly seen: readonly string[];
  /** Moves on record when the action had answered. */
  readonly movedByThen: number;
  readonly held: Once;
};
type Seat = MailCustomer & { readonly house: House; readonly meant: readonly Meant[] };

const main = (page: Page) => page.getByRole("main");
const press = (page: Page, name: string) => () => main(page).getByRole("button", { name, exact: true }).click();
const record = ({ house, tenant }: Seat) => movesOf(house.product.sandboxUrl, tenant.id);

/** On the page that asks, until it says what came of it. */
async function agreed(seat: Seat, folder: string, draftedMs: number): Promise<Done> {
  const { page } = seat.eyes;
  const words = `${at(MESSAGES)} messages`;
  const before = (await record(seat)).length;
  await beginNumbers(page, `([\\d,]+) of ${words} done`);
  const act = press(page, `Move ${words} to ${folder}`);
  let movedByThen = 0;
  await seat.house.control.delay(["cloudflare"], ANSWER_MS);
  const over = await timed(async () => {
    const agreedMs = await actionMs(page, act);
    movedByThen = (await record(seat)).length - before;
    await main(page).getByText(`${words} were moved to ${folder}`, { exact: true }).waitFor({ timeout: ENDS_WITHIN_MS });
    return agreedMs;
  });
  await seat.house.control.noDelay();
  const held = heldAgainst((await record(seat)).slice(before), seat.meant);
  return { draftedMs, agreedMs: over.value, overMs: over.ms, seen: await numbersSeen(page), movedByThen, held };
}

const asks = (page: Page) => page.getByRole("heading", { name: "Check before you move" }).waitFor();

/** All of the search that is on screen, to a folder. */
async function moved(seat: Seat, search: string, folder: string): Promise<Done> {
  const { page } = seat.eyes;
  await page.goto(search);
  await page.getByRole("checkbox", { name: "Choose all that are loaded" }).check();
  await page.getByRole("button", { name: "all of this search" }).click();
  await page.getByRole("button", { name: "Retract…" }).click();
  const asking = page.getByRole("dialog", { name: /^Retract: / });
  await asking.getByRole("radio", { name: folder }).check();
  const draftedMs = await actionMs(page, () => asking.getByRole("button", { name: "Go on" }).click());
  await asks(page);
  return agreed(seat, folder, draftedMs);
}

async function putBack(seat: Seat): Promise<Done> {
  const { page } = seat.eyes;
  const draftedMs = await actionMs(page, press(page, "Put back what was moved"));
  await asks(page);
  return agreed(seat, INBOX, draftedMs);
}

/** The least that an action with a query can take which leads to another page. */
async function bareActions(page: Page, url: string): Promise<readonly number[]> {
  const all: number[] = [];
  for (let turn = 0; turn <= BARE_TURNS; turn++) {
    await page.goto(`${url}/act`, { waitUntil: "networkidle" });
    all.push(await actionMs(page, () => page.getByRole("button", { name: "Act" }).click()));
  }
  return all.slice(1); // the first one warms it up
}

/** New detections, and a search that finds them and nothing else. */
async function prepare(house: House, customer: MailCustomer): Promise<Seat & { readonly search: string }> {
  const since = await house.control.now();
  await house.control.detections(customer.tenant, MESSAGES, DISPOSITION);
  const params = new URLSearchParams({ disposition: DISPOSITION, from: new Date(since - 1_000).toISOString() });
  const search = `${customer.home}/mail?${params}`;
  await customer.eyes.page.goto(search);
  await customer.eyes.page.getByRole("grid").waitFor();
  const { body } = await customer.asAsked("/email-security/investigate?", MESSAGES);
  const meant = foundShape.parse(JSON.parse(body)).result.map(({ id, client_recipients }) => ({ id, recipients: client_recipients }));
  if (meant.length !== MESSAGES) throw new Error(`The search finds ${meant.length} messages.`);
  return { ...customer, house, meant, search };
}

const span = (all: readonly number[]): string => `${at(median(all))} ms (${at(Math.min(...all))} to ${at(Math.max(...all))})`;

function rows(done: readonly Done[], bare: readonly number[]): readonly Row[] {
  const agreedMs = done.map((one) => one.agreedMs);
  const least = Math.min(...done.map(({ seen }) => seen.length));
  const copies = done.reduce((all, { held }) => all + held.copies, 0);
  const wrong = done.reduce((all, { held }) => all + wrongIn(held), 0);
  const movedByThen = Math.max(...done.map((one) => one.movedByThen));
  const overMs = done.map((one) => one.overMs);
  return [
    bounded(`Action that agrees to move ${at(MESSAGES)} messages, ${done.length} of them`, Math.max(...agreedMs), AT_ONCE_MS, {
      result: `${span(agreedMs)}; a bare action with one query ${span(bare)}: ${at(median(agreedMs) / median(bare), 1)} times; over after ${at(median(overMs) / 1_000, 1)} s, ${at(movedByThen)} copies at the most were moved when it answered`,
      bound: `${at(AT_ONCE_MS)} ms`,
    }),
    told(`Action that drafts it: ${at(MESSAGES)} messages read from the vendor and kept`, span(done.map((one) => one.draftedMs))),
    bounded("Different numbers that the open page showed while they were moved", LEAST_SEEN - least, 0, {
      result: `${at(least)} at the least: ${done.find(({ seen }) => seen.length === least)?.seen.join(", ") ?? ""}`,
      bound: `${LEAST_SEEN} or more`,
    }),
    bounded("Copies lost, moved twice or failed", wrong, 0, { result: `${at(wrong)} of ${at(copies)}`, bound: "none" }),
  ];
}

export async function manualRetraction(house: House): Promise<readonly Row[]> {
  const bare = await startBare(barePort, house.databaseUrl);
  const customer = await mailCustomer(house);
  try {
    const seat = await prepare(house, customer);
    const done: Done[] = [];
    const bareMs: number[] = [];
    for (const folder of FOLDERS) {
      done.push(await moved(seat, seat.search, folder), await putBack(seat));
      bareMs.push(...(await bareActions(seat.eyes.page, bare.url)));
      await house.control.advance(NEW_WINDOW_MS);
    }
    return rows(done, bareMs);
  } finally {
    await customer.eyes.close();
    await bare.stop();
  }
}
