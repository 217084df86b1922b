/** What an event says to a person. One sentence a kind; the name of who did it stands before it. */
import { z } from "zod";
import { FOLDER_NAMES, isFolder } from "@/lib/model/destinations";
import { escaped } from "@/lib/model/strange-text";

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
    messages: z.number(),
    of: z.number(),
    kind: z.string(),
    folder: z.string().nullable(),
    place: z.string(),
    message: z.string(),
    count: z.number(),
  })
  .partial()
  .catch({});
type Detail = z.infer<typeof detail>;

const MOST_REASON = 500;
const many = (n: number | undefined, one: string) => (n === 1 ? `1 ${one}` : `${n ?? 0} ${one}s`);

/** Which of the two test messages. */
const wayIn = ({ leg }: Detail) => (leg === "direct" ? "straight at Microsoft" : "by the mail records");

/** Where somebody looked, and for what. */
const PLACES: Readonly<Record<string, string>> = { quarantine: "the quarantine", preview: "the last week’s detections" };
const mailIn = ({ place, say }: Detail) =>
  `${place !== undefined && Object.hasOwn(PLACES, place) ? PLACES[place] : "mail trace"}${say ? ` (${say})` : ""}`;

const actIn = ({ kind }: Detail) => (kind === "release" ? "release" : "move");
/** Somebody may have copied it out of a message. */
const reasonIn = ({ reason }: Detail) => (reason ? `: ${escaped(reason, MOST_REASON)}` : "");
const placeIn = ({ folder }: Detail) => (isFolder(folder) ? ` to ${FOLDER_NAMES[folder]}` : "");

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
  told: (d) => `mailed ${d.upn ?? ""} that ${d.name === "stopped" ? "it has stopped" : "the wait is over"}`,
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
  "mail-searched": (d) => `searched ${mailIn(d)}`,
  "mail-exported": (d) => `downloaded ${many(d.count, "row")} of a search of ${mailIn(d)}`,
  "mail-seen": (d) => `opened the message ${d.message ?? ""}`,
  "mail-picture": (d) => `saw the picture of the message ${d.message ?? ""}`,
  "mail-downloaded": (d) => `downloaded the message ${d.message ?? ""}`,
  "mail-listed": (d) => `listed ${many(d.messages, "message")} to ${actIn(d)}${placeIn(d)}`,
  "order-agreed": (d) => `agreed to ${actIn(d)} ${many(d.messages, "message")}${placeIn(d)}${reasonIn(d)}`,
  "order-done": (d) => `${d.kind === "release" ? "released" : "moved"} ${d.messages ?? 0} of ${many(d.of, "message")}${placeIn(d)}`,
  "order-cancelled": (d) => `cancelled ${d.kind === "release" ? "a release" : "a move"} of messages`,
  "order-retried": (d) => `asked to try again what failed of ${d.kind === "release" ? "a release" : "a move"} of messages`,
  "auto-on": () => "turned auto-retract on",
  "auto-off": () => "turned auto-retract off",
  "auto-moved": (d) => `moved ${many(d.messages, "message")}${placeIn(d)}`,
  "auto-stopped": (d) => `stopped auto-retract: ${d.say ?? ""}`,
  "mail-right-given": (d) => `gave ${d.upn ?? ""} the right to read mail`,
  "mail-right-taken": (d) => `took the right to read mail from ${d.upn ?? ""}`,
  visited: () => "opened this setup to help",
};

export const eventKinds = Object.keys(WORDS);
export const sayOf = (kind: string, raw: unknown): string =>
  (Object.hasOwn(WORDS, kind) ? WORDS[kind]?.(detail.parse(raw ?? {})) : undefined) ?? kind;
