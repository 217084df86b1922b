/** The use cases, listened to: every wave of questions that they send. */
import type { World } from "@/lib/engine/world";
import type { Ask } from "@/lib/model/query";
import { cutover } from "@/lib/usecases/cutover";
import type { House } from "./house";
import { timed } from "./numbers";

export type Heard<T> = { readonly waves: readonly (readonly Ask[])[]; readonly value: T; readonly ms: number };

/** The use cases over worlds that write down each wave before they ask it. */
export function listening({ deps }: House) {
  let waves: (readonly Ask[])[] = [];
  const world = (...of: Parameters<typeof deps.world>): World => {
    const real = deps.world(...of);
    return {
      ...real,
      ask: (asks) => {
        waves.push(asks);
        return real.ask(asks);
      },
    };
  };
  const during = async <T>(work: () => Promise<T>): Promise<Heard<T>> => {
    waves = [];
    const { ms, value } = await timed(work);
    return { waves, value, ms };
  };
  return { uc: cutover({ ...deps, world }), during };
}
