"use client";
/** Time left until a moment. Not a live region: a clock that is read out every second helps nobody. */
import { useCallback } from "react";
import { useNow } from "./now";
import { absolute, spanOf, tickMs } from "./time-words";

export function Countdown({ until, over = "now" }: { readonly until: number; readonly over?: string }) {
  const { now, zone } = useNow(useCallback((time: number) => (time < until ? tickMs(until, time) : 0), [until]));
  return (
    <time dateTime={new Date(until).toISOString()} title={absolute(until, zone)}>
      {now >= until ? over : `${spanOf(until - now)} left`}
    </time>
  );
}
