"use client";
/** A moment by the reader's own clock: "12:04" today, "3 May, 12:04" otherwise; `day` leaves the time out. */
import { useNow } from "./now";
import { absolute, clockOf, dayOf } from "./time-words";

const once = () => 0;

export function At({ at, day = false }: { readonly at: number; readonly day?: boolean }) {
  const { now, zone } = useNow(once);
  return (
    <time dateTime={new Date(at).toISOString()} title={absolute(at, zone)}>
      {day ? dayOf(at, zone) : clockOf(at, now, zone)}
    </time>
  );
}
