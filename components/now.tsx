"use client";
/** The product's time in the browser: the server's now, and what has passed since. The first drawing repeats the server's, so hydration agrees. */
import { createContext, type ReactNode, useContext, useEffect, useState } from "react";
import type { Zone } from "./time-words";

const ServerNow = createContext(0);

/** Around every page; `now` in ms since 1970, by the product's clock, which practice runs can move. */
export function NowProvider({ now, children }: { readonly now: number; readonly children: ReactNode }) {
  return <ServerNow value={now}>{children}</ServerNow>;
}

type Moment = { readonly now: number; readonly zone: Zone };

/** The time, drawn again every `tick(now)` ms; 0 draws once more after hydration (for the reader's own zone) and then rests. */
export function useNow(tick: (now: number) => number): Moment {
  const start = useContext(ServerNow);
  const [moment, setMoment] = useState<Moment>({ now: start, zone: "utc" });
  useEffect(() => {
    const offset = start - Date.now();
    let timer: ReturnType<typeof setTimeout> | undefined;
    const draw = () => {
      const now = Date.now() + offset;
      setMoment({ now, zone: "local" });
      const next = tick(now);
      if (next > 0) timer = setTimeout(draw, next);
    };
    draw();
    return () => clearTimeout(timer);
  }, [start, tick]);
  return moment;
}
