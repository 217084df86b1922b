/** Ten thousand rows scrolled by wheel, down while they are read and up again, in turns with a bare page as long: frames, and how many rows there are at once. */
import type { Page } from "@playwright/test";
import { type Frames, framesOf, openedMs } from "./eyes";
import type { MailCustomer } from "./mail-customer";
import { quantile } from "./numbers";
import { at, bounded, type Row } from "./report";

const ROWS = 10_000;
const ROW_PX = 44;
/** In turns of so many rows, so that whatever else the machine does hits both alike. */
const BLOCK = 1_000;
/** Ten rows a turn of the wheel, as fast as the browser takes them. */
const WHEEL_PX = 10 * ROW_PX;
const MOST_ROWS = 499;
/** Looking where the list is takes time that is the bench's own. */
const WHEELS_A_LOOK = 10;
/** A frame more than half as long again is a late one. */
const TIMES_BARE = 1.5;
const FRAME_MS = 1_000 / 60;
const ENDS_WITHIN_MS = 120_000;

const bareHtml = `<body style="margin:0"><div style="height:${ROWS * ROW_PX}px;background:repeating-linear-gradient(#fff 0 43px,#ccc 43px 44px)"></div></body>`;

/** The rows that are drawn, by their place in the list. */
const drawn = (page: Page) =>
  page.evaluate(() => {
    const places = [...document.querySelectorAll('[role="row"][data-index]')].map((row) => Number(row.getAttribute("data-index")));
    return { first: Math.min(...places.filter((place) => place > 0)), last: Math.max(...places) };
  });

async function inFront(page: Page): Promise<void> {
  await page.bringToFront();
  await page.mouse.move(600, 500);
}

type Turn = { readonly frames: Frames; readonly wheels: number };

/** Turns the wheel until it is so. @throws when that takes too long. */
async function scrolled(page: Page, px: number, isThere: (wheels: number) => Promise<boolean>): Promise<Turn> {
  await inFront(page);
  let wheels = 0;
  const end = performance.now() + ENDS_WITHIN_MS;
  const frames = await framesOf(page, async () => {
    while (!(await isThere(wheels))) {
      if (performance.now() > end)
        throw new Error(`After ${wheels} turns of the wheel the list shows ${JSON.stringify(await drawn(page))}.`);
      for (let wheel = 0; wheel < WHEELS_A_LOOK; wheel++) await page.mouse.wheel(0, px);
      wheels += WHEELS_A_LOOK;
    }
  });
  return { frames, wheels };
}

type Both = { readonly list: readonly number[]; readonly bare: readonly number[]; readonly mostRows: number };

/** `isThere`: how far the list is to go in each turn. The bare page gets as many turns of the wheel, each with as many looks. */
async function inTurns(list: Page, bare: Page, px: number, goals: readonly ((page: Page) => Promise<boolean>)[]): Promise<Both> {
  const turns: { readonly list: Frames; readonly bare: Frames }[] = [];
  for (const goal of goals) {
    const { frames, wheels } = await scrolled(list, px, () => goal(list));
    const other = await scrolled(bare, px, async (turned) => {
      await drawn(bare);
      return turned >= wheels;
    });
    turns.push({ list: frames, bare: other.frames });
  }
  return {
    list: turns.flatMap((turn) => turn.list.gaps),
    bare: turns.flatMap((turn) => turn.bare.gaps),
    mostRows: Math.max(...turns.map((turn) => turn.list.mostRows)),
  };
}

/** Frames that a screen of 60 a second showed twice. */
const droppedShare = (gaps: readonly number[]): number => {
  const dropped = gaps.reduce((all, gap) => all + Math.max(0, Math.round(gap / FRAME_MS) - 1), 0);
  return (dropped / (gaps.length + dropped)) * 100;
};
const p95 = (gaps: readonly number[]): number => quantile(gaps, 0.95);

function row(measure: string, { list, bare }: Both): Row {
  const words = (gaps: readonly number[]) => `${at(p95(gaps), 1)} ms, ${at(droppedShare(gaps), 1)} % dropped`;
  const result = `${words(list)} of ${at(list.length)} frames; a bare page ${words(bare)}`;
  return bounded(measure, p95(list) / p95(bare), TIMES_BARE, { result, bound: `${TIMES_BARE} x bare` });
}

export async function smoothness({ eyes, home }: MailCustomer): Promise<readonly Row[]> {
  const { page, context } = eyes;
  const bare = await context.newPage();
  await bare.setContent(bareHtml);
  await inFront(page);
  await openedMs(page, `${home}/mail?all=yes`);
  const ends = Array.from({ length: ROWS / BLOCK }, (_, nth) => (nth + 1) * BLOCK);
  const down = await inTurns(
    page,
    bare,
    WHEEL_PX,
    ends.map((end) => async (list: Page) => (await drawn(list)).last >= end),
  );
  const tops = ends.map((end) => ROWS - end);
  const up = await inTurns(
    page,
    bare,
    -WHEEL_PX,
    tops.map((top) => async (list: Page) => (await drawn(list)).first <= top + 1),
  );
  const mostRows = Math.max(down.mostRows, up.mostRows);
  return [
    row(`Time of a frame while ${at(ROWS)} rows are scrolled down and read, p95`, down),
    row("The same up again, all of them read", up),
    bounded("Rows in the page meanwhile", mostRows, MOST_ROWS, { result: `${at(mostRows)} at the most`, bound: "under 500" }),
  ];
}
