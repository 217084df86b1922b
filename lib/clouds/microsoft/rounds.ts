/** Many questions in batches: those that the service puts off are sent again in a later round, within a budget, the others are done. */
import { backOffMs, sleep } from "@/lib/base/http";
import type { Problem, Result } from "@/lib/base/result";

/** Put off: with the pause the service asks for, or null for one of our own, and what to say when the budget is spent. */
export type Verdict<T> = { readonly done: Result<T> } | { readonly again: number | null; readonly problem: Problem };

type Rounds<Q, T> = {
  readonly questions: readonly Q[];
  readonly size: number;
  /** One batch; the verdicts in the order of its questions. */
  readonly send: (batch: readonly Q[]) => Promise<readonly Verdict<T>[]>;
  readonly budgetMs: number;
  readonly pause?: (ms: number) => Promise<void>;
};

const MOST_ROUNDS = 8;

const batches = <Q>(all: readonly Q[], size: number): readonly (readonly Q[])[] =>
  Array.from({ length: Math.ceil(all.length / size) }, (_, nth) => all.slice(nth * size, (nth + 1) * size));

/** The answers in the order of the questions. Batches of a round are sent together; how many at once is for `send` to bound. */
export async function inRounds<Q, T>({ questions, size, send, budgetMs, pause = sleep }: Rounds<Q, T>): Promise<readonly Result<T>[]> {
  const answers = new Map<number, Result<T>>();
  let open = questions.map((question, place) => ({ question, place }));
  const began = performance.now();
  for (let round = 0; open.length > 0; round++) {
    const sent = await Promise.all(
      batches(open, size).map(async (batch) => ({ batch, verdicts: await send(batch.map((one) => one.question)) })),
    );
    const left: typeof open = [];
    let waitMs = 0;
    for (const { batch, verdicts } of sent) {
      batch.forEach((one, nth) => {
        const verdict = verdicts[nth];
        if (verdict === undefined) throw new Error("A batch came back with fewer verdicts than questions.");
        if ("done" in verdict) answers.set(one.place, verdict.done);
        else {
          answers.set(one.place, { ok: false, problem: verdict.problem });
          waitMs = Math.max(waitMs, verdict.again ?? backOffMs(round));
          left.push(one);
        }
      });
    }
    if (left.length > 0 && (round + 1 >= MOST_ROUNDS || performance.now() - began + waitMs >= budgetMs)) break;
    if (left.length > 0) await pause(waitMs);
    open = left;
  }
  return questions.map((_, place) => answers.get(place) ?? unanswered());
}

const unanswered = (): never => {
  throw new Error("A question was lost between the rounds.");
};
