/** Expected failures as values: a sentence, what to do, maybe a time. Bugs throw. */

/** The closed list of ways in which the outside world says no. `not-ready` may name the step to open first. */
export type ProblemCode =
  | "denied"
  | "consent-missing"
  | "throttled"
  | "unreachable"
  | "unreadable"
  | "rejected"
  | "exists"
  | "moved"
  | "busy"
  | "gone"
  | "not-ready"
  | "not-asked"
  | "unsure";

export type Problem = {
  readonly code: ProblemCode;
  /** One or two sentences for a person: what happened and what it means. */
  readonly say: string;
  /** What to do now, a verb first. */
  readonly fix?: string;
  /** When trying again makes sense, in ms since 1970 by our clock. */
  readonly retryAt?: number;
  /** The id of the step to open first (`not-ready`). */
  readonly step?: string;
  /** What support at the other side asks for: request ids, the raw error type. Never a secret. */
  readonly evidence?: Readonly<Record<string, string>>;
};

export type Failure = { readonly ok: false; readonly problem: Problem };
export type Result<T> = { readonly ok: true; readonly value: T } | Failure;

export const ok = <T>(value: T): Result<T> => ({ ok: true, value });

export const no = (code: ProblemCode, say: string, more: Omit<Problem, "code" | "say"> = {}): Failure => ({
  ok: false,
  problem: { code, say, ...more },
});
