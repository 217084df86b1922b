/** "Mail me when this is done": asked for on a step that waits, sent once when its watch ends. The addresses stay in the append-only words. */
import { no } from "@/lib/base/result";
import type { Tell } from "@/lib/jobs/tell";
import type { TenantScope } from "@/lib/model/scope";
import { scopeForJob } from "./access";
import type { Deps } from "./deps";
import { isColleague } from "./own-mail";
import { loadSetup, type Setup, stepById } from "./setup";
import { hrefOf } from "./show";
import { statusesOf } from "./standing";
import { noSuchStep } from "./step";
import { STOP_KEY, TELL_KEY, toldOf } from "./tell-words";
import type { ActionAnswer, Visitor } from "./views";

const MOST = 10;
/** \p{C}: characters that nobody sees. One address, no list: nothing that a mail header could be broken with. */
const ADDRESS = /^[^\s@<>,;"\p{C}]{1,64}@[^\s@<>,;"\p{C}]{1,255}$/u;

const keyOf = ({ end }: Pick<Tell, "end">): string => (end === "stopped" ? STOP_KEY : TELL_KEY);
const held = async (deps: Deps, scope: TenantScope, order: Tell): Promise<readonly string[]> =>
  toldOf(await deps.store.words.current(scope, order.step), order.step, keyOf(order));

export const tellMe =
  (deps: Deps) =>
  async (scope: TenantScope, visitor: Visitor, step: string, typed: string): Promise<ActionAnswer> => {
    if (!stepById(step)) return noSuchStep();
    const address = typed.trim();
    if (!ADDRESS.test(address))
      return {
        ...no("rejected", "That is not a mail address.", { fix: "Use the form name@company.com." }),
        fields: { address: "Use the form name@company.com." },
      };
    const setup = await loadSetup(deps, scope);
    if (!setup.ok) return setup;
    if (!isColleague(setup.value, visitor, address))
      return {
        ...no("rejected", "Cutover sends mail to colleagues only.", { fix: "Use an address in a domain of your company." }),
        fields: { address: "Use an address in a domain of your company." },
      };
    const before = toldOf(setup.value.stored.words, step);
    if (before.length >= MOST) return no("rejected", "Ten people are told already.", { fix: "Take one off the list first." });
    await deps.store.words.give(scope, { step, key: TELL_KEY, value: [...new Set([...before, address])], at: deps.clock.now() });
    return { ok: true, say: `${address} gets a mail when this is done.` };
  };

export const tellNobody =
  (deps: Deps) =>
  async (scope: TenantScope, step: string): Promise<ActionAnswer> => {
    if (!stepById(step)) return noSuchStep();
    await deps.store.words.give(scope, { step, key: TELL_KEY, value: [], at: deps.clock.now() });
    return { ok: true, say: "Nobody gets a mail about this step." };
  };

function wordsOf(setup: Setup, title: string, { step, end, say }: Tell): { readonly subject: string; readonly text: string } {
  const { name } = setup.stored.tenant;
  const status = statusesOf(setup).get(step)?.say ?? "settled";
  if (end === "stopped")
    return { subject: `${title}: Cutover stopped`, text: `“${title}” in ${name} has stopped by itself. ${say ?? ""}`.trim() };
  if (end === "done") return { subject: `${title}: ${status}`, text: `“${title}” in ${name} has settled. It now says: ${status}.` };
  return {
    subject: `${title}: still not done`,
    text: `Cutover looked at “${title}” in ${name} for two weeks and it is not done. Nobody looks any more until you open it.`,
  };
}

const WHY = {
  asked: "You get this because somebody entered your address on that page. It is sent once.",
  stopped: "You get this because you turned it on. It is sent once.",
} as const;

function noticeOf(deps: Deps, setup: Setup, order: Tell) {
  const step = stepById(order.step);
  const { subject, text } = wordsOf(setup, step?.texts(setup.profile).title ?? order.step, order);
  const href = `${deps.publicUrl}${step ? hrefOf(setup.scope, step) : `/t/${setup.scope.tenant}`}`;
  const lines = [text, "", href, "", WHY[order.end === "stopped" ? "stopped" : "asked"]];
  return { subject: subject.replace(/[\r\n]+/g, " "), text: lines.join("\n") };
}

/** For the worker. @throws while one of the mails could not be sent, so that the queue tries again; who got theirs is not told twice. */
export const tell =
  (deps: Deps) =>
  async (order: Tell): Promise<void> => {
    const scope = scopeForJob(order.tenant, "tell");
    const setup = await loadSetup(deps, scope);
    if (!setup.ok || deps.sendMail === null) return;
    const notice = noticeOf(deps, setup.value, order);
    for (const to of await held(deps, scope, order)) {
      const sent = await deps.sendMail({ to, ...notice });
      if (!sent.ok) throw new Error(sent.problem.say);
      const left = (await held(deps, scope, order)).filter((address) => address !== to);
      const at = deps.clock.now();
      await deps.store.together(scope, async (store) => {
        await store.words.give(scope, { step: order.step, key: keyOf(order), value: left, at });
        await store.events.add(scope, { kind: "told", at, step: order.step, detail: { upn: to, name: order.end } });
      });
    }
  };
