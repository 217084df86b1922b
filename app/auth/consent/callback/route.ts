/** Back from Microsoft's consent page. Which tenant it was for says our own sealed cookie, never the query string. */
import { cookies } from "next/headers";
import { answerWithProblem, redirectTo, withCookie } from "@/app/answers";
import { CONSENT_COOKIE } from "@/app/cookies";
import { theVisitor } from "@/app/door";
import { cutover } from "@/lib/wiring";

const over = { name: CONSENT_COOKIE, value: "", maxAge: 0 };

export async function GET(request: Request): Promise<Response> {
  const uc = cutover();
  const attempt = (await cookies()).get(CONSENT_COOKIE)?.value;
  const asked = uc.consent.tenantOf(attempt);
  if (!asked.ok) return answerWithProblem("/sign-in", asked.problem);
  const { tenant, returnTo } = asked.value;
  const scope = await uc.open(await theVisitor(), tenant);
  if (!scope.ok) return withCookie(answerWithProblem("/sign-in", scope.problem), over);
  const finished = await uc.consent.finish(scope.value, Object.fromEntries(new URL(request.url).searchParams), attempt);
  return withCookie(finished.ok ? redirectTo(returnTo) : answerWithProblem(returnTo, finished.problem), over);
}
