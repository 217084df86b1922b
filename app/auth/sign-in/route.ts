/** Off to Microsoft to sign in, with what is needed to recognise the answer in a sealed cookie. */
import { answerWithProblem, redirectTo, withCookie } from "@/app/answers";
import { cutover } from "@/lib/wiring";

export async function GET(request: Request): Promise<Response> {
  const asked = new URL(request.url).searchParams;
  const hint = asked.get("hint");
  const begun = await cutover().signIn.begin({ returnTo: asked.get("returnTo"), ...(hint ? { hint } : {}) });
  if (!begun.ok) return answerWithProblem("/sign-in", begun.problem);
  const { url, cookie } = begun.value;
  return withCookie(redirectTo(url), cookie);
}
