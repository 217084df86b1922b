"use client";
/** How long ago, with the absolute time as its title. */
import { useCallback } from "react";
import { useNow } from "./now";
import { absolute, agoOf, tickMs } from "./time-words";

export function Ago({ at }: { readonly at: number }) {
  const { now, zone } = useNow(useCallback((time: number) => tickMs(at, time), [at]));
  return (
    <time dateTime={new Date(at).toISOString()} title={absolute(at, zone)}>
      {agoOf(at, now)}
    </time>
  );
}
