/** What the engine needs of the outside: a world to ask and change, a ledger to write to, a memory of earlier answers. */
import type { Result } from "@/lib/base/result";
import type { Change } from "@/lib/model/change";
import type { Entry } from "@/lib/model/plan";
import type { Ask, RawMoment } from "@/lib/model/query";
import type { Actor } from "@/lib/model/scope";
import type { Profile } from "@/lib/profiles/profile";

/** What a write came to: the service's id of the object, and what support at the other side would ask for. */
export type Made = { readonly key: string; readonly evidence?: Readonly<Record<string, string>> };

export type World = {
  /** One wave: one batched call of each cloud. Answers are raw, keyed by the name of their ask; never throws for expected failures. */
  ask(asks: readonly Ask[]): Promise<ReadonlyMap<string, Result<unknown>>>;
  make(change: Change): Promise<Result<Made>>;
  /** ms since 1970, by our clock. */
  now(): number;
};

export type Ledger = {
  entries(): readonly Entry[];
  /** Committed when it returns. */
  write(entry: Entry): Promise<void>;
};

export type Told = {
  readonly name: string;
  readonly raw: unknown;
  readonly said: string;
  readonly at: number;
  /** Whether the answers before it are kept as well. */
  readonly isRemembered: boolean;
};

export type Memory = {
  moments(): ReadonlyMap<string, readonly RawMoment[]>;
  /** Told every answer of a wave at once; keeps only stretches. `said` is the answer in our spelling, for comparing. */
  remember(answers: readonly Told[]): Promise<void>;
};

export type Tenant = {
  readonly world: World;
  readonly ledger: Ledger;
  readonly memory: Memory;
  readonly profile: Profile;
  readonly actor: Actor;
};
