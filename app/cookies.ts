/** Names and attributes of our cookies: never readable by scripts, never sent along from other sites. */
import type { NextResponse } from "next/server";

export const SESSION_COOKIE = "cutover-session";
export const SIGN_IN_COOKIE = "cutover-sign-in";
export const CONSENT_COOKIE = "cutover-consent";
export const THEME_COOKIE = "cutover-theme";
/** Which columns of the list of mail somebody wants to see. */
export const COLUMNS_COOKIE = "cutover-mail-columns";
/** A problem that one page hands to the next; lives a minute. */
export const PROBLEM_COOKIE = "cutover-problem";

type Options = NonNullable<Parameters<NextResponse["cookies"]["set"]>[2]>;

/** `isSecure`: served over https, so the cookie may not travel without it. */
export const cookieOptions = (isSecure: boolean, maxAge: number): Options => ({
  httpOnly: true,
  sameSite: "lax",
  secure: isSecure,
  path: "/",
  maxAge,
});
