/** Changes in order, frozen, for one way; the run that carries them out; and the ledger of what came of each. */
import type { Problem } from "@/lib/base/result";
import { type Change, digest } from "./change";
import { fold, type Mine } from "./mine";
import type { Actor } from "./scope";

/** Who carries a plan out: us, a script that the admin runs, a person by hand. */
export type Way = "us" | "script" | "hand";
/** What one step would change, with the settings it was judged with. */
export type Part = { readonly step: string; readonly settings: unknown; readonly changes: readonly Change[] };
export type Parts = readonly [Part, ...Part[]];
export type Plan = {
  readonly id: string;
  readonly isUndo: boolean;
  /** In the order they are carried out; most plans have one. */
  readonly parts: Parts;
  readonly digest: string;
  readonly way: Way;
};

export const changesOf = ({ parts }: { readonly parts: Parts }): readonly Change[] => parts.flatMap((part) => part.changes);
export const digestOf = (parts: Parts): string => digest(parts.flatMap((part) => part.changes));

/** `found`: somebody else did it. `asked`: a person was asked to. `unsure`: cut short, and nothing to read would tell. */
export type What = "intent" | "done" | "found" | "asked" | "failed" | "unsure";
export type Entry = {
  readonly run: string;
  readonly step: string;
  /** ms since 1970. */
  readonly at: number;
  readonly by: Actor;
  readonly change: Change;
  readonly what: What;
  /** The service's id of a new object. */
  readonly made?: string;
  readonly evidence?: Readonly<Record<string, string>>;
};

export type Outcome =
  | { readonly state: "done" }
  | { readonly state: "needs-you" }
  /** Stopped for now: to be begun again by itself at `problem.retryAt`. */
  | { readonly state: "waiting"; readonly problem: Problem }
  /** `instead` is what a fresh look would change now. */
  | { readonly state: "stopped"; readonly problem: Problem; readonly instead: readonly Change[] };
/** What a run came to, and the step at which it stands. */
export type Standstill = Outcome & { readonly step: string };

/** What of the tenant is this step's, so that one step never takes away what another made. */
export const mineOf = (entries: readonly Entry[], step: string): Mine => fold(entries.filter((e) => e.step === step && e.what === "done"));
