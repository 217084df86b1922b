/** Journal rules and the address for undeliverable reports, which must be there first. */
import { invalid } from "../failure";
import { isMailboxOf } from "../recipients";
import type { Kind } from "./kind";

const smtp = /^[^\s@<>]+@[^\s@<>]+\.[^\s@<>]+$/;

export const journalRule: Kind = {
  defaults: { Recipient: null, Scope: "Global", Enabled: false },
  refuses: ({ tenant, state, verb, after }) => {
    if (verb === "New" && !state["TransportConfig"]?.[0]?.["JournalingReportNdrTo"]) {
      return invalid(
        "You must specify an e-mail address for undeliverable journal reports (JournalingReportNdrTo) before you create journal rules.",
      );
    }
    if (!after) return null;
    if (!smtp.test(String(after["JournalEmailAddress"]))) return invalid(`"${after["JournalEmailAddress"]}" isn't a valid SMTP address.`);
    if (isMailboxOf(tenant, String(after["JournalEmailAddress"]))) {
      return invalid(`The journaling mailbox "${after["JournalEmailAddress"]}" can't be an Exchange Online mailbox.`);
    }
    const recipient = after["Recipient"];
    return recipient === null || smtp.test(String(recipient)) ? null : invalid(`"${recipient}" isn't a valid SMTP address.`);
  },
  kept: (parameter, value) => (parameter === "Recipient" && value === "" ? { Recipient: null } : undefined),
};

export const transportConfig: Kind = {
  defaults: {},
  kept: (parameter, value) =>
    parameter === "JournalingReportNdrTo" && (value === "" || value === "<>") ? { JournalingReportNdrTo: null } : undefined,
  refuses: ({ after }) => {
    const address = after?.["JournalingReportNdrTo"] ?? null;
    return address === null || smtp.test(String(address)) ? null : invalid(`"${address}" isn't a valid SMTP address.`);
  },
  wire: (object) => ({ JournalingReportNdrTo: object["JournalingReportNdrTo"] ?? "<>" }),
};
