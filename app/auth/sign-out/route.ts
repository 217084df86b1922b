/** Ends the session here and in the database. */
import { redirectTo, withCookie } from "@/app/answers";
import { SESSION_COOKIE } from "@/app/cookies";
import { sessionToken } from "@/app/door";
import { cutover } from "@/lib/wiring";

export async function POST(): Promise<Response> {
  await cutover().signIn.out(await sessionToken());
  return withCookie(redirectTo("/"), { name: SESSION_COOKIE, value: "", maxAge: 0 });
}
