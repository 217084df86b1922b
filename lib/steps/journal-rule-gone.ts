/** What journal reports need may go only after the rule that makes them: the undo guard of the steps before it. */
import { type Check, fail, pass } from "@/lib/model/check";
import { fold } from "@/lib/model/mine";
import type { Entry } from "@/lib/model/plan";
import { ask } from "@/lib/model/query";
import { undoGuard } from "./shape";
import { listed } from "./spans";

const ID = "rule-gone";
const about = "Journal rules of ours";

/** What makes a rule send reports to the vendor: whoever turned one on, or pointed it there, did so. */
const SENDS = ["Enabled", "JournalEmailAddress"];

/** Ids of rules that send because of us. One that sent before us is its owner's, and so is what it needs. */
const rulesOf = (receipts: readonly Entry[]): readonly string[] =>
  fold(receipts)
    .filter(({ kind, made, values }) => kind === "JournalRule" && (made || SENDS.some((property) => Object.hasOwn(values, property))))
    .map(({ key }) => key);

export const ruleGone = undoGuard({
  ids: [ID],
  queries: () => ({ rules: ask("JournalRule") }),
  checks({ rules }, of): readonly Check[] {
    const ours = rulesOf(of.done("journal-rule"));
    const there = rules.filter((rule) => ours.includes(rule.Guid) && rule.Enabled);
    if (there.length === 0) return [pass(ID, "No rule of ours sends journal reports any more.", { about })];
    return [
      fail(
        ID,
        `${listed(there.map((rule) => `“${rule.Name}”`))} still ${there.length === 1 ? "sends" : "send"} journal reports. Without this step they would take another way, or be lost.`,
        "Take the journal rule back first.",
        { about, step: "journal-rule" },
      ),
    ];
  },
});
