/** What a live page is told of a run or a look: small, the same for the same sight, and in sentences. */
import type { MailProofView } from "@/lib/model/mail-proof-view";
import type { Looked, RunView } from "@/lib/usecases/views";
import type { Signal } from "./live-words";

/** What keeps changing without meaning anything (times, TTLs left) stays out of the key. */
export function signalOfLook({ checks, changes, settling }: Pick<Looked, "checks" | "changes" | "settling">): Signal {
  const verdicts = checks.map((c) => [c.id, c.about ?? "", c.verdict]);
  const say = checks.flatMap((c) => (c.verdict === "pass" ? [c.about ? `Verified: ${c.about}.` : c.saw] : []));
  const isSettled = settling === 0 && changes.length === 0 && checks.every((c) => c.verdict === "pass");
  return { key: JSON.stringify([verdicts, changes.map((c) => c.key), settling]), say, isSettled };
}

function sentence({ state, done, total, problem }: RunView): string {
  switch (state) {
    case "done":
      return "Everything is done.";
    case "cancelled":
      return "The run was cancelled.";
    case "stopped":
      return `The run stopped. ${problem?.say ?? ""}`.trim();
    case "waiting":
      return `The run waits. ${problem?.say ?? ""}`.trim();
    case "needs-you":
      return "The run needs you.";
    default:
      return `${done} of ${total} changes done.`;
  }
}

export function signalOfRun(run: RunView): Signal {
  return {
    key: JSON.stringify([run.state, run.retryAt, run.done, run.lines.map((l) => l.state), run.checks.map((c) => c.verdict)]),
    say: [sentence(run)],
    isSettled: run.state === "done" || run.state === "cancelled",
  };
}

/** Test messages: how far each came. */
export function signalOfProof({ proof }: Pick<MailProofView, "proof">): Signal {
  if (!proof) return { key: "", say: [], isSettled: true };
  const { id, isOpen, paths, checks, pasted } = proof;
  const verdicts = checks.map((c) => [c.id, c.verdict]);
  return {
    key: JSON.stringify([id, isOpen, paths.map(({ leg, end }) => [leg, end]), verdicts, pasted?.at ?? null]),
    say: paths.map(({ title, word }) => `${title}: ${word}.`),
    isSettled: !isOpen,
  };
}
