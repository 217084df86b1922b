/** Back from Microsoft: the answer is judged by the use case; a session begins, or the sign-in page says why not. */
import { cookies } from "next/headers";
import { answerWithProblem, redirectTo, withCookie } from "@/app/answers";
import { SESSION_COOKIE, SIGN_IN_COOKIE } from "@/app/cookies";
import { cutover } from "@/lib/wiring";

export async function GET(request: Request): Promise<Response> {
  const attempt = (await cookies()).get(SIGN_IN_COOKIE)?.value;
  const params = Object.fromEntries(new URL(request.url).searchParams);
  const finished = await cutover().signIn.finish({ params, attempt, userAgent: request.headers.get("user-agent") });
  const over = { name: SIGN_IN_COOKIE, value: "", maxAge: 0 };
  if (!finished.ok) return withCookie(answerWithProblem("/sign-in", finished.problem), over);
  const { token, maxAge, returnTo } = finished.value;
  return withCookie(withCookie(redirectTo(returnTo), { name: SESSION_COOKIE, value: token, maxAge }), over);
}
