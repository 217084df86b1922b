/** The one shape every step has. Write settings, then queries, then checks and changes: their reading is inferred from the queries. */
import type { z } from "zod";
import type { Problem } from "@/lib/base/result";
import type { Change } from "@/lib/model/change";
import { type Check, settled, unknown } from "@/lib/model/check";
import type { Mine } from "@/lib/model/mine";
import type { Entry, Way } from "@/lib/model/plan";
import { type Known, type Queries, type Reading, resolve } from "@/lib/model/query";
import type { Profile } from "@/lib/profiles/profile";

/** What the guide and the step's page say. Sentences for a person; no cmdlet names in titles. */
export type Texts = {
  /** Verb first, sentence case: "Let Cloudflare's servers in". */
  readonly title: string;
  /** One short sentence without a full stop, for the task list. */
  readonly hint: string;
  /** Three sentences: why it matters. */
  readonly why: readonly string[];
  /** What it should be, in one or two sentences. */
  readonly should: string;
  /** Role and permission the person needs, in Microsoft's words. */
  readonly role: string;
  /** How long until it has effect. */
  readonly takes: string;
  /** What undo does, and what it cannot. */
  readonly undo: string;
  /** What to do when it fails: most frequent failures with the remedy. */
  readonly fails: readonly { readonly when: string; readonly remedy: string }[];
  /** Only where mail can stop: "Mail stops if …". */
  readonly risk?: string;
  /** Portal path, screen by screen, in our words but the portal's labels; `copy` values get a copy button. */
  readonly byHand: readonly { readonly say: string; readonly copy?: readonly string[] }[];
  readonly links: readonly { readonly title: string; readonly href: string }[];
};

/** A way that does not exist for a step says why in its tab. */
export type Ways = Readonly<Record<Way, true | string>>;

/** `name.key` is one entry of a record: `oldTtl.contoso.com`. `value` is what is set now, where the settings do not hold it under that name. */
type Asked = { readonly name: string; readonly label: string; readonly hint?: string; readonly value?: string };
export type Option = { readonly value: string; readonly label: string; readonly hint?: string };
/** One field of a step's settings form; the zod schema judges what comes back. */
export type Field =
  | (Asked & { readonly type: "choice"; readonly options: readonly Option[] })
  | (Asked & { readonly type: "choices"; readonly options: readonly (Option & { readonly isOff?: string })[] })
  | (Asked & { readonly type: "text" | "number"; readonly placeholder?: string });

/** What was found, as a table for the step's page. */
export type Evidence = { readonly title: string; readonly columns: readonly string[]; readonly rows: readonly (readonly string[])[] };

/** What an undo may be held up by: the settings of its step, and what was ever done in any step. */
export type Undoing = {
  readonly settings: unknown;
  readonly profile: Profile;
  /** Receipts of a step, oldest first. */
  readonly done: (step: string) => readonly Entry[];
};
/** Taking a step back may need others to be taken back first, and time to pass: while one of these checks does not pass, nothing is undone. */
export type UndoGuard = {
  readonly ids: readonly string[];
  readonly queries: (of: Undoing) => Queries;
  readonly judge: (of: Undoing, known: Known, now: number) => readonly Check[];
};

/** `checks` gives one check for each of `ids`. */
export const undoGuard = <Q extends Queries>(spec: {
  readonly ids: readonly string[];
  queries(of: Undoing): Q;
  checks(reading: Reading<Q>, of: Undoing, now: number): readonly Check[];
}): UndoGuard => ({
  ids: spec.ids,
  queries: spec.queries,
  judge(of, known, now) {
    const read = readingOf(spec.queries(of), known);
    if (read.ok) return spec.checks(read.reading as Reading<Q>, of, now); // every value was parsed by its own noun
    return spec.ids.map((id) => ({ ...(read.checks[0] ?? unknown(id, NOT_READ)), id }));
  },
});
const NOT_READ: Problem = { code: "not-asked", say: "It has not been read yet.", fix: "Look again." };

type Spec<S, Q extends Queries> = {
  readonly id: string;
  /** Steps that must be done (or skipped, where `isSkippedEnough`) before this one may start. */
  readonly needs: readonly string[];
  /** Whether this step, skipped with a reason, still lets those start that need it. */
  readonly isSkippedEnough: boolean;
  readonly canSkip: boolean;
  /** Ids of checks: while one does not pass there are no changes; judged again by the run. */
  readonly guards?: readonly string[];
  readonly undoGuard?: UndoGuard;
  /** Whose access *Do it for me* works with: Microsoft's consent, or the customer's Cloudflare API token. */
  readonly through?: "cloudflare";
  readonly ways: Ways;
  texts(profile: Profile): Texts;
  /**
   * Settings belong to the tenant and are asked once: property of this step's settings -> id of the step in whose settings the same
   * property was chosen, such as `{ domains: "choose-domains" }`. It is filled in before `settings` parses; the form does not ask it.
   */
  readonly inherits: Readonly<Record<string, string>>;
  readonly settings: z.ZodType<S>;
  /** The settings before anybody chose. */
  readonly atFirst: S;
  /** Properties of the settings that Cutover writes itself: a form that names them changes nothing of them. */
  readonly ownNotes?: readonly (keyof S & string)[];
  queries(settings: S, profile: Profile): Q;
  /** `mine`: for what only our own receipts can prove. */
  checks(reading: Reading<Q>, settings: S, profile: Profile, now: number, mine: Mine): readonly Check[];
  changes(reading: Reading<Q>, settings: S, profile: Profile, mine: Mine): readonly Change[];
  /** The form for the settings, filled from what was read; [] when there is nothing to choose. */
  fields?(reading: Reading<Q>, settings: S, profile: Profile): readonly Field[];
  evidence?(reading: Reading<Q>, settings: S, profile: Profile): readonly Evidence[];
};

export type Judged = { readonly checks: readonly Check[]; readonly changes: readonly Change[] };

/** A step as the catalogue and the engine see it: its own types stay inside. */
export type Step = {
  readonly id: string;
  readonly needs: readonly string[];
  readonly isSkippedEnough: boolean;
  readonly canSkip: boolean;
  readonly guards: readonly string[];
  readonly undoGuard: UndoGuard | null;
  readonly through: "microsoft" | "cloudflare";
  readonly ways: Ways;
  readonly texts: (profile: Profile) => Texts;
  readonly inherits: Readonly<Record<string, string>>;
  readonly atFirst: Readonly<Record<string, unknown>>;
  readonly ownNotes: readonly string[];
  /** Parses what a form or the store holds; the issues are sentences for the person. */
  readonly parse: (
    raw: unknown,
  ) =>
    | { readonly ok: true; readonly settings: unknown }
    | { readonly ok: false; readonly issues: readonly { readonly path: string; readonly say: string }[] };
  readonly queries: (settings: unknown, profile: Profile) => Queries;
  readonly judge: (settings: unknown, profile: Profile, known: Known, now: number, mine: Mine) => Judged;
  readonly fields: (settings: unknown, profile: Profile, known: Known) => readonly Field[];
  readonly evidence: (settings: unknown, profile: Profile, known: Known) => readonly Evidence[];
};

type ReadingOr =
  | { readonly ok: true; readonly reading: Readonly<Record<string, unknown>> }
  | { readonly ok: false; readonly checks: readonly Check[] };

function readingOf(queries: Queries, known: Known): ReadingOr {
  const answers = Object.entries(queries).map(([name, q]) => [name, resolve(q, known)] as const);
  const failed = answers.flatMap(([name, a]) => (a.ok ? [] : [unknown(name, a.problem)]));
  if (failed.length > 0) return { ok: false, checks: failed };
  return { ok: true, reading: Object.fromEntries(answers.map(([name, a]) => [name, a.ok ? a.value : null])) };
}

function parserOf<S>(schema: z.ZodType<S>): Step["parse"] {
  return (raw) => {
    const read = schema.safeParse(raw);
    if (read.success) return { ok: true, settings: read.data };
    return { ok: false, issues: read.error.issues.map((i) => ({ path: i.path.join("."), say: i.message })) };
  };
}

/** What a tenant's settings come to for a step: its own over the first ones, and what it takes over from other steps. */
export function settingsFor(step: Step, saved: (step: string) => Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  const inherited = Object.entries(step.inherits).flatMap(([property, from]) => {
    const value = saved(from)[property];
    return value === undefined ? [] : [[property, value]];
  });
  return { ...step.atFirst, ...saved(step.id), ...Object.fromEntries(inherited) };
}

export function defineStep<S extends Readonly<Record<string, unknown>>, Q extends Queries>(spec: Spec<S, Q>): Step {
  const { guards = [], undoGuard: heldUpBy = null, fields = () => [], evidence = () => [] } = spec;
  const typed = (reading: Readonly<Record<string, unknown>>) => reading as Reading<Q>; // the one cast: every value was parsed by its own noun
  return {
    id: spec.id,
    needs: spec.needs,
    isSkippedEnough: spec.isSkippedEnough,
    canSkip: spec.canSkip,
    guards,
    undoGuard: heldUpBy,
    through: spec.through ?? "microsoft",
    ways: spec.ways,
    texts: spec.texts,
    inherits: spec.inherits,
    atFirst: Object.fromEntries(Object.entries(spec.atFirst)),
    ownNotes: spec.ownNotes ?? [],
    parse: parserOf(spec.settings),
    queries: (settings, profile) => spec.queries(spec.settings.parse(settings), profile),
    judge(raw, profile, known, now, mine) {
      const settings = spec.settings.parse(raw);
      const read = readingOf(spec.queries(settings, profile), known);
      if (!read.ok) return { checks: read.checks, changes: [] };
      const reading = typed(read.reading);
      const checks = spec.checks(reading, settings, profile, now, mine);
      if (checks.some((c) => guards.includes(c.id) && c.verdict !== "pass")) return { checks, changes: [] };
      const changes = spec.changes(reading, settings, profile, mine);
      return { checks: [...checks, settled(changes)], changes };
    },
    fields(raw, profile, known) {
      const settings = spec.settings.parse(raw);
      const read = readingOf(spec.queries(settings, profile), known);
      return read.ok ? fields(typed(read.reading), settings, profile) : [];
    },
    evidence(raw, profile, known) {
      const settings = spec.settings.parse(raw);
      const read = readingOf(spec.queries(settings, profile), known);
      return read.ok ? evidence(typed(read.reading), settings, profile) : [];
    },
  };
}
