/** Moments in words. Our own words, not Intl's: server and browser must say the same or the page flickers. */

export type Zone = "utc" | "local";

const MONTHS = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const two = (n: number) => String(n).padStart(2, "0");

function partsOf(at: number, zone: Zone) {
  const d = new Date(at);
  return zone === "utc"
    ? { year: d.getUTCFullYear(), month: d.getUTCMonth(), day: d.getUTCDate(), hour: d.getUTCHours(), minute: d.getUTCMinutes() }
    : { year: d.getFullYear(), month: d.getMonth(), day: d.getDate(), hour: d.getHours(), minute: d.getMinutes() };
}

function offsetOf(at: number): string {
  const minutes = -new Date(at).getTimezoneOffset();
  const size = Math.abs(minutes);
  return `UTC${minutes < 0 ? "−" : "+"}${two(Math.floor(size / 60))}:${two(size % 60)}`;
}

/** "3 May 2026". */
export function dayOf(at: number, zone: Zone): string {
  const { day, month, year } = partsOf(at, zone);
  return `${day} ${MONTHS[month]} ${year}`;
}

/** "3 May 2026, 12:04 UTC": never without its zone. */
export function absolute(at: number, zone: Zone): string {
  const { hour, minute } = partsOf(at, zone);
  return `${dayOf(at, zone)}, ${two(hour)}:${two(minute)} ${zone === "utc" ? "UTC" : offsetOf(at)}`;
}

/** "12:04" today, "3 May, 12:04" otherwise; the zone is said while it isn't the reader's own. */
export function clockOf(at: number, now: number, zone: Zone): string {
  const { day, month, year, hour, minute } = partsOf(at, zone);
  const time = `${two(hour)}:${two(minute)}${zone === "utc" ? " UTC" : ""}`;
  if (dayOf(at, zone) === dayOf(now, zone)) return time;
  const date = `${day} ${MONTHS[month]}${year === partsOf(now, zone).year ? "" : ` ${year}`}`;
  return `${date}, ${time}`;
}

/** "45 s", "12 min", "3 h 12 min", "2 days 4 h". */
export function spanOf(ms: number): string {
  const whole = Math.max(0, ms);
  if (whole < MINUTE) return `${Math.floor(whole / 1000)} s`;
  if (whole < HOUR) return `${Math.floor(whole / MINUTE)} min`;
  if (whole < DAY)
    return [`${Math.floor(whole / HOUR)} h`, ...(whole % HOUR >= MINUTE ? [`${Math.floor((whole % HOUR) / MINUTE)} min`] : [])].join(" ");
  const days = Math.floor(whole / DAY);
  const hours = Math.floor((whole % DAY) / HOUR);
  return `${days} ${days === 1 ? "day" : "days"}${hours > 0 ? ` ${hours} h` : ""}`;
}

function roughly(ms: number): string {
  if (ms < MINUTE) return `${Math.floor(ms / 1000)} s`;
  if (ms < HOUR) return `${Math.floor(ms / MINUTE)} min`;
  if (ms < DAY) return `${Math.floor(ms / HOUR)} h`;
  return Math.floor(ms / DAY) === 1 ? "1 day" : `${Math.floor(ms / DAY)} days`;
}

/** "just now", "14 s ago", "in 3 min". */
export function agoOf(at: number, now: number): string {
  const ms = now - at;
  if (Math.abs(ms) < 5_000) return "just now";
  return ms > 0 ? `${roughly(ms)} ago` : `in ${roughly(-ms)}`;
}

/** How long until the words above may change. */
export const tickMs = (at: number, now: number): number => (Math.abs(now - at) < 2 * MINUTE ? 1_000 : 20_000);
