/** The one builder of server actions: schema, who, tenant in scope, may they, then the use case. Answers are values; an outsider gets *not found*. */
import { refresh } from "next/cache";
import { cookies } from "next/headers";
import { notFound, redirect } from "next/navigation";
import { z } from "zod";
import type { FormAction, FormAnswer } from "@/components/action-form";
import type { TenantScope } from "@/lib/model/scope";
import type { Visitor } from "@/lib/usecases/views";
import { type Cutover, cutover, settings } from "@/lib/wiring";
import { cookieOptions, SESSION_COOKIE } from "./cookies";
import { sessionToken, signInHref } from "./door";

/** What an action is given. `form` still has what the schema does not name. */
type Given<T> = {
  readonly uc: Cutover;
  readonly scope: TenantScope;
  readonly visitor: Visitor;
  readonly input: T;
  readonly form: FormData;
};

const SESSION_ENDED: FormAnswer = {
  ok: false,
  problem: { code: "denied", say: "Your session has ended. Nothing was changed." },
  signInHref: signInHref("/signed-in"),
};
const UNREADABLE: FormAnswer = {
  ok: false,
  problem: { code: "rejected", say: "This form could not be read.", fix: "Load the page again." },
};

/** Our own names begin with an underscore, Next's with a dollar sign; the rest belongs to the step. */
export const isOwn = (name: string): boolean => name.startsWith("_") || name.startsWith("$");

const target = z.object({ _tenant: z.string() });
const texts = (form: FormData) => Object.fromEntries([...form.entries()].filter(([, value]) => typeof value === "string"));

/** A session's cookie value changes now and then; an action may set cookies, a page may not. */
async function renew(uc: Cutover): Promise<void> {
  const token = await sessionToken();
  const fresh = token ? await uc.signIn.renew(token) : null;
  if (fresh) (await cookies()).set(SESSION_COOKIE, fresh.token, cookieOptions(settings().publicUrl.startsWith("https:"), fresh.maxAge));
}

/** `shape`: the fields the action itself reads; `act` answers with an href to go to, a sentence to say, or a problem. */
export function tenantAction<S extends z.ZodObject>(shape: S, act: (given: Given<z.infer<S>>) => Promise<FormAnswer>): FormAction {
  return async (_before, form) => {
    const uc = cutover();
    const visitor = await uc.signIn.who(await sessionToken());
    if (!visitor) return SESSION_ENDED;
    const raw = texts(form);
    const [aim, read] = [target.safeParse(raw), shape.safeParse(raw)];
    if (!aim.success || !read.success) return UNREADABLE;
    const opened = await uc.open(visitor, aim.data._tenant);
    if (!opened.ok) return opened.problem.code === "denied" ? opened : notFound();
    const answer = await act({ uc, scope: opened.value, visitor, input: read.data, form });
    await renew(uc);
    if (!answer.ok) return answer;
    if (answer.href) redirect(answer.href);
    refresh();
    return answer;
  };
}
