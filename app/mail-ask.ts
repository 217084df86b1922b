/** What an address (URL) asks of mail: the search, the place, the moment it was made at, and the page to go on with. */
import { paramsOf } from "@/lib/model/mail-search";
import type { MailAsk } from "@/lib/usecases/mail-search";
import { MAIL_PLACES, type MailPlace } from "@/lib/usecases/views/mail";

export const placeOf = (text: string | null): MailPlace => MAIL_PLACES.find((one) => one === text) ?? "trace";

/** ms since 1970; null for anything else, which means now. */
export const momentIn = (text: string | null): number | null => (text !== null && /^\d{1,14}$/.test(text) ? Number(text) : null);

const MOST_CURSOR = 4_000;

export function askOf(query: URLSearchParams): MailAsk {
  const cursor = query.get("cursor");
  return {
    place: placeOf(query.get("place")),
    params: paramsOf(Object.fromEntries(query)),
    at: momentIn(query.get("at")),
    cursor: cursor === null || cursor === "" ? null : cursor.slice(0, MOST_CURSOR),
  };
}

/** Ids contain colons: a browser, a proxy and the router may each hand them on with or without their percent signs. */
export function decodedId(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    return segment; // a percent sign that stands for itself names no message
  }
}
