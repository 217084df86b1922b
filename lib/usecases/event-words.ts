/** What an event says to a person. One sentence a kind; the name of who did it stands before it. */
import { z } from "zod";

const detail = z
  .object({
    reason: z.string(),
    say: z.string(),
    changes: z.number(),
    name: z.string(),
    upn: z.string(),
    way: z.string(),
    leg: z.string(),
    answers: z.number(),
    days: z.number(),
  })
  .partial()
  .catch({});
type Detail = z.infer<typeof detail>;

const many = (n: number | undefined, one: string) => (n === 1 ? `1 ${one}` : `${n ?? 0} ${one}s`);

/** Which of the two test messages. */
const wayIn = ({ leg }: Detail) => (leg === "direct" ? "straight at Microsoft" : "by the mail records");

const WORDS: Readonly<Record<string, (d: Detail) => string>> = {
  "tenant-began": () => "began the setup",
  "consent-given": () => "gave Cutover access to Microsoft 365",
  "consent-failed": (d) => `tried to give access: ${d.say ?? ""}`,
  "without-access": () => "goes on without giving Cutover access",
  "settings-saved": () => "saved the settings",
  "script-made": () => "downloaded the script that looks",
  "kit-made": () => "downloaded the undo kit",
  uploaded: (d) => `uploaded a script's answers (${d.name ?? ""}, ${many(d.answers, "answer")})`,
  "plan-agreed": (d) => `agreed to ${many(d.changes, "change")}${d.way === "script" ? ", by script" : d.way === "hand" ? ", by hand" : ""}`,
  "undo-agreed": (d) => `agreed to take back ${many(d.changes, "change")}`,
  "run-done": () => "made the changes",
  "run-stopped": (d) => `stopped: ${d.say ?? ""}`,
  "run-cancelled": () => "cancelled the run",
  "run-resumed": () => "let the run go on",
  "run-replaced": () => "put a newer plan in the place of the one that waited",
  "run-faltered": () => "met a fault of its own in the middle of the changes, and tries again",
  "by-hand-done": () => "says the part by hand is done",
  "step-done": () => "saw that the step is done",
  "step-undone": () => "took the step's changes back",
  "step-turned": (d) => `saw that the step is no longer as it was: ${d.say ?? ""}`,
  told: (d) => `mailed ${d.upn ?? ""} that the wait is over`,
  "watch-expired": () => "stopped looking again: nothing changed for two weeks",
  skipped: (d) => `skipped the step: ${d.reason ?? ""}`,
  unskipped: () => "took the step up again",
  invited: (d) => `invited ${d.upn ?? ""}`,
  uninvited: (d) => `took back the invitation of ${d.upn ?? ""}`,
  "token-entered": (d) => `entered an API token for Cloudflare${d.name ? ` (account ${d.name})` : ""}`,
  "token-account-chosen": (d) => `chose the Cloudflare account ${d.name ?? ""}`,
  "token-removed": () => "removed the API token for Cloudflare",
  "rejected-begun": (d) => `began to look at what would be refused, ${many(d.days, "day")} back`,
  "rejected-reviewed": () => "says to have read what would be refused",
  "proof-agreed": (d) => `agreed to two test messages to ${d.upn ?? ""}`,
  "proof-accepted": (d) => `sent the test message ${wayIn(d)}: taken by ${d.say ?? ""}`,
  "proof-refused": (d) => `sent the test message ${wayIn(d)}: refused by ${d.say ?? ""}`,
  "proof-not-sent": (d) => `could not send the test message ${wayIn(d)}: ${d.say ?? ""}`,
  "proof-unsure": (d) => `was cut off while sending the test message ${wayIn(d)}, and does not send it again`,
  "proof-traced": (d) => `saw in message trace what became of the test message ${wayIn(d)}: ${d.say ?? ""}`,
  "proof-pasted": (d) => (d.name === "other" ? "pasted the headers of another message" : "pasted the headers of a test message"),
  visited: () => "opened this setup to help",
};

export const eventKinds = Object.keys(WORDS);
export const sayOf = (kind: string, raw: unknown): string =>
  (Object.hasOwn(WORDS, kind) ? WORDS[kind]?.(detail.parse(raw ?? {})) : undefined) ?? kind;
