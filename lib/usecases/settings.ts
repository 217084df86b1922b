/** What the person chose for a step: parsed, kept with its event, or sent back with a sentence beside each field. */
import { no } from "@/lib/base/result";
import { isStorable } from "@/lib/base/storable";
import type { TenantScope } from "@/lib/model/scope";
import { chooseAccess } from "@/lib/steps/index";
import { type Step, settingsFor } from "@/lib/steps/shape";
import type { Groups } from "@/lib/store/store";
import type { Deps } from "./deps";
import { loadSetup, stepById } from "./setup";
import { noSuchStep } from "./step";
import type { ActionAnswer } from "./views";

const WRONG = no("rejected", "Some answers need another look. Nothing was saved.", { fix: "Correct the fields named below." });

export type Form = Readonly<Record<string, string | readonly string[]>>;

/** "ttl.contoso.com" is key "contoso.com" of the record "ttl". */
export function nested(form: Form): Readonly<Record<string, unknown>> {
  const plain = Object.entries(form).filter(([name]) => !name.includes("."));
  const records = new Map<string, Record<string, unknown>>();
  for (const [name, value] of Object.entries(form)) {
    const dot = name.indexOf(".");
    if (dot < 1) continue;
    const record = records.get(name.slice(0, dot)) ?? {};
    records.set(name.slice(0, dot), record); // also when every field of it was emptied: then nothing is left of it
    if (value === "") continue;
    Object.defineProperty(record, name.slice(dot + 1), { value, enumerable: true }); // defined, not assigned: a name from outside is only ever a name
  }
  return Object.fromEntries([...plain, ...records]);
}

/** Access is more than a setting: it is proved at Microsoft, or declined, and then the setting follows. */
const CONNECT = chooseAccess("without").step;
const OF_ANOTHER_KIND = no("rejected", "How Cutover works with your organisation is not chosen by a form.", {
  fix: "Use the buttons of the connect step.",
});

/** Two fields for each of a thousand domains, and some more. */
const MOST_FIELDS = 2_500;

function whyStrange(form: Form): ActionAnswer | null {
  const entries = Object.entries(form);
  if (entries.length > MOST_FIELDS)
    return no("rejected", "This form has far more fields than the step asks for.", { fix: "Load the page again." });
  const odd = entries.filter((entry) => !isStorable(entry));
  if (odd.length === 0) return null;
  const say = "This holds a character that cannot be kept. Type it anew.";
  return { ...WRONG, fields: Object.fromEntries(odd.map(([name]) => [name, say])) };
}

/** The event names what was chosen; of a list of people it says how long it is. */
const MOST_TOLD = 100;
function told(chosen: unknown): unknown {
  if (Array.isArray(chosen)) return chosen.length > MOST_TOLD ? `${chosen.length} entries` : chosen;
  if (typeof chosen !== "object" || chosen === null) return chosen;
  return Object.fromEntries(Object.entries(chosen).map(([name, value]) => [name, told(value)]));
}

const asRecord = (value: unknown): Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null ? Object.fromEntries(Object.entries(value)) : {};

/** What Cutover wrote into the settings itself, as it is at this moment: what the form was drawn with may be over. */
async function notesOf(store: Pick<Groups, "settings">, scope: TenantScope, step: Step): Promise<Readonly<Record<string, unknown>>> {
  if (step.ownNotes.length === 0) return {};
  const kept = asRecord((await store.settings.held(scope, step.id))?.value);
  return Object.fromEntries(Object.entries(kept).filter(([name]) => step.ownNotes.includes(name)));
}

export const saveSettings =
  (deps: Deps) =>
  async (scope: TenantScope, id: string, form: Form): Promise<ActionAnswer> => {
    const step = stepById(id);
    if (!step) return noSuchStep();
    const strange = id === CONNECT ? OF_ANOTHER_KIND : whyStrange(form);
    if (strange) return strange;
    const setup = await loadSetup(deps, scope);
    if (!setup.ok) return setup;
    const saved = (of: string) => {
      const found = stepById(of);
      return asRecord(found && of !== id ? setup.value.settings(found) : {});
    };
    const before = asRecord(setup.value.settings(step));
    const typed = Object.fromEntries(Object.entries(nested(form)).filter(([name]) => !step.ownNotes.includes(name)));
    const chosen = settingsFor(step, (of) => (of === id ? { ...before, ...typed } : saved(of)));
    const read = step.parse(chosen);
    if (!read.ok) {
      // A field of a record goes by its whole path, an entry of a list by the list; of several sentences about one field the first is told.
      const fields = Object.fromEntries(read.issues.toReversed().map(({ path, say }) => [path.replace(/^([^.]+)\.\d+$/, "$1"), say]));
      return { ...WRONG, fields };
    }
    const at = deps.clock.now();
    await deps.store.together(scope, async (store) => {
      const value = { ...asRecord(read.settings), ...(await notesOf(store, scope, step)) };
      await store.settings.save(scope, { step: id, value, at });
      await store.events.add(scope, { kind: "settings-saved", at, step: id, detail: { settings: told(value) } });
    });
    return { ok: true, say: "Saved." };
  };
