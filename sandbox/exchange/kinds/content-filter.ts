/** Anti-spam policies: quarantine tags must exist, actions need their values, presets cannot be edited. */
import { type Failure, invalid } from "../failure";
import { type Kind, listOf, type Proposed } from "./kind";

const tags = [
  "SpamQuarantineTag",
  "HighConfidenceSpamQuarantineTag",
  "PhishQuarantineTag",
  "HighConfidencePhishQuarantineTag",
  "BulkQuarantineTag",
];
const actions = ["SpamAction", "HighConfidenceSpamAction", "PhishSpamAction", "HighConfidencePhishAction", "BulkSpamAction"];

/** What an action needs beside it. */
const needs: Record<string, string> = {
  Redirect: "RedirectToRecipients",
  AddXHeader: "AddXHeaderValue",
  ModifySubject: "ModifySubjectValue",
};

function refuses({ state, before, after, bound }: Proposed): Failure | null {
  if (before && ["Standard", "Strict"].includes(String(before["RecommendedPolicyType"]))) {
    return invalid(`The policy '${before.Name}' is a preset security policy and can't be modified.`);
  }
  if (!after) return null;
  const known = (state["QuarantinePolicy"] ?? []).map((policy) => policy.Name.toLowerCase());
  const lost = tags.find((tag) => bound.has(tag) && !known.includes(String(after[tag]).toLowerCase()));
  if (lost) return invalid(`The quarantine policy '${after[lost]}' specified in ${lost} doesn't exist.`);
  for (const action of actions) {
    const need = needs[String(after[action])];
    if (need && (after[need] === "" || after[need] === null || (Array.isArray(after[need]) && listOf(after[need]).length === 0))) {
      return invalid(`${need} must be specified when ${action} is ${after[action]}.`);
    }
  }
  return null;
}

export const contentFilterPolicy: Kind = { defaults: {}, refuses };
