/** Ten thousand detections at once, moved by the standing order: how many calls that takes, and that each is moved once, whoever dies and whatever comes twice. */
import { setTimeout as pause } from "node:timers/promises";
import { MOST_AT_ONCE } from "@/lib/model/mail-search";
import { heldAgainst, movesOf, type Once, wrongIn } from "./moved";
import { openPlace, type Place } from "./place";
import { at, bounded, type Row, told } from "./report";
import { arrives, detections, type Hand, hand, meantBy, type Seat, type Standing, standing, turnOn } from "./retraction-seat";
import { type Behaviour, type Calls, NO_CALLS, since, sum, total } from "./wire";

const DETECTIONS = Number(process.env["BENCH_DETECTIONS"] ?? 10_000);
/** Enough for pages that come twice. */
const FEWER = Number(process.env["BENCH_FEWER"] ?? 3_000);
const MINUTE_MS = 60_000;
/** A worker that is silent for so long is taken for dead, and its lock on the order is gone with it. */
const SILENT_MS = MINUTE_MS + 1_000;
const SKEW_MS = 25 * MINUTE_MS;
/** Until the longer look, too, has seen all of it again. */
const AFTERWARDS_MS = 61 * MINUTE_MS;
/** The worker dies in the middle of this bulk move. */
const DIES_AT = 4;
const INTO_IT_MS = 150;
const LOOK_MS = 200;
const ENDS_WITHIN_MS = 30 * MINUTE_MS;

const HONEST: Behaviour = { isDoubled: false, skewMs: 0 };

type Scene = { readonly seat: Seat; readonly hands: readonly Hand[]; readonly began: number };

const callsOf = ({ hands }: Scene): Calls => sum(NO_CALLS, ...hands.map(({ wire }) => wire.calls()));

/** Everything is claimed, answered and settled, and the next look is not due. */
const isAtRest = ({ order, counts }: Standing): boolean => order.state === "waiting" && counts.waiting + counts.asked === 0;

/** Lets time pass as it does, a look after the other, until it is so. */
async function until({ seat }: Scene, isSo: (now: Standing) => boolean, stepMs = MINUTE_MS): Promise<Standing> {
  const end = performance.now() + ENDS_WITHIN_MS;
  for (;;) {
    const now = await standing(seat);
    if (isSo(now)) return now;
    if (now.order.state === "stopped") throw new Error(now.order.problem?.say ?? "The standing order stopped.");
    if (performance.now() > end) throw new Error(`It was not over in time: ${now.order.state} ${JSON.stringify(now.counts)}`);
    if (now.order.state === "waiting") await seat.wait(stepMs);
    await pause(LOOK_MS);
  }
}

/** The next look at or after this moment is over. */
async function lookedAgain(scene: Scene, forMs: number): Promise<void> {
  const { order } = await standing(scene.seat);
  const from = order.reached?.until ?? 0;
  await scene.seat.wait(forMs);
  await until(scene, (now) => isAtRest(now) && (now.order.reached?.until ?? 0) > from && now.order.reached?.open === null);
}

async function opened(place: Place, behaviours: readonly [Behaviour, ...Behaviour[]]): Promise<Scene> {
  const seat = await arrives(place);
  const [first, ...others] = behaviours;
  const hands = [await hand(seat, first)];
  for (const other of others) hands.push(await hand(seat, other));
  const [one] = hands;
  if (one) await turnOn(seat, one.wire);
  const scene = { seat, hands, began: seat.sandbox.clock.now() };
  await until(scene, isAtRest);
  return scene;
}

async function closed({ hands }: Scene): Promise<void> {
  for (const { worker, wire } of hands) {
    await worker.kill("SIGTERM");
    await wire.stop();
  }
}

const inScene = async <T>(
  place: Place,
  behaviours: readonly [Behaviour, ...Behaviour[]],
  act: (scene: Scene) => Promise<T>,
): Promise<T> => {
  const scene = await opened(place, behaviours);
  return act(scene).finally(() => closed(scene));
};

/** @throws when the vendor does not show what came. */
async function record({ seat, began }: Scene, count: number): Promise<Once> {
  await seat.wait(5 * MINUTE_MS + 1_000); // a new window of calls
  const meant = await meantBy(seat, began);
  if (meant.length !== count) throw new Error(`The vendor shows ${meant.length} detections, not ${count}.`);
  return heldAgainst(await movesOf(seat.sandbox.url, seat.tenant.id), meant);
}

const written = ({ pages, moves, logs, others }: Calls): string =>
  [
    `${at(pages)} pages of 1,000 detections`,
    `${at(moves)} bulk moves`,
    ...(logs > 0 ? [`${at(logs)} action logs`] : []),
    ...(others > 0 ? [`${at(others)} others`] : []),
  ].join(", ");

function once(measure: string, held: Once, more: string): Row {
  const { copies, lost, twice, failed } = held;
  const result = `${lost} lost, ${twice} twice, ${failed} failed of ${at(copies)} copies; ${more}`;
  return bounded(measure, wrongIn(held), 0, { result, bound: "none" });
}

/** One worker, and nothing in its way. */
const calm = (place: Place): Promise<readonly Row[]> =>
  inScene(place, [HONEST], async (scene) => {
    await detections(scene.seat, DETECTIONS);
    const before = callsOf(scene);
    const began = performance.now();
    await until(scene, (now) => isAtRest(now) && now.counts.done + now.counts.failed === DETECTIONS);
    const took = performance.now() - began;
    const first = since(before, callsOf(scene));
    await lookedAgain(scene, MINUTE_MS);
    const next = since(sum(before, first), callsOf(scene));
    const least = 2 * Math.ceil(DETECTIONS / MOST_AT_ONCE);
    const held = await record(scene, DETECTIONS);
    return [
      bounded(`Calls for ${at(DETECTIONS)} new detections`, total(first), least, {
        result: `${at(total(first))}: ${written(first)}; ${at(took / 1_000)} s`,
        bound: `${at(least)}: the API has pages and moves of 1,000`,
      }),
      told("Calls of a look in the half hour after that, which finds nothing new", `${at(total(next))}: ${written(next)}`),
      once("Copies of these moved twice, or not", held, "one worker"),
    ];
  });

/** Two workers; the one that is at it is killed in the middle of a bulk move, so that its answer is lost. */
const killed = (place: Place): Promise<readonly Row[]> =>
  inScene(place, [HONEST, HONEST], async (scene) => {
    await detections(scene.seat, DETECTIONS);
    const before = callsOf(scene);
    const struck = scene.hands.map(async ({ wire }, nth) => {
      await wire.moving(DIES_AT);
      return nth;
    });
    const dying = Promise.race(struck).then(async (nth) => {
      await pause(INTO_IT_MS);
      await scene.hands[nth]?.worker.kill("SIGKILL");
      return nth;
    });
    await scene.seat.wait(MINUTE_MS);
    const dead = await dying;
    const { counts } = await standing(scene.seat);
    await scene.seat.wait(SILENT_MS);
    await until(scene, (now) => isAtRest(now) && now.counts.done + now.counts.failed === DETECTIONS);
    const calls = since(before, callsOf(scene));
    const other = since(NO_CALLS, scene.hands[1 - dead]?.wire.calls() ?? NO_CALLS);
    await lookedAgain(scene, AFTERWARDS_MS);
    const held = await record(scene, DETECTIONS);
    const when = `killed after ${at(counts.done)} with ${at(counts.asked)} asked for; the other worker made ${at(other.moves)} bulk moves and read ${at(other.logs)} action logs`;
    return [
      once("The same with two workers, one of them killed in a bulk move", held, when),
      told("Calls that took, with what was unknown read from the vendor's record", `${at(total(calls))}: ${written(calls)}`),
    ];
  });

const strange = (place: Place, skewMs: number): Promise<readonly Row[]> =>
  inScene(
    place,
    [
      { isDoubled: true, skewMs },
      { isDoubled: true, skewMs },
    ],
    async (scene) => {
      await detections(scene.seat, FEWER);
      const before = callsOf(scene);
      await until(scene, (now) => isAtRest(now) && now.counts.done + now.counts.failed === FEWER);
      const calls = since(before, callsOf(scene));
      await lookedAgain(scene, AFTERWARDS_MS);
      const held = await record(scene, FEWER);
      const words = `our clock ${Math.abs(skewMs) / MINUTE_MS} minutes ${skewMs < 0 ? "behind" : "ahead of"} the vendor's`;
      return [once(`${at(FEWER)} detections on pages that all come twice, ${words}`, held, `two workers; ${written(calls)}`)];
    },
  );

export async function autoRetract(): Promise<readonly Row[]> {
  const place = await openPlace("bench-auto-retract");
  try {
    return [...(await calm(place)), ...(await killed(place)), ...(await strange(place, SKEW_MS)), ...(await strange(place, -SKEW_MS))];
  } finally {
    await place.close();
  }
}
