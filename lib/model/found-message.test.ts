import { describe, expect, it } from "vitest";
import { type ActionEntry, type FoundMessage, isByVendor, rowOfVerdict, showsMove } from "./found-message";
import { isWorthATry, MOVE_REASONS, reasonOf } from "./move-reasons";

const message: FoundMessage = {
  ...{ id: "a", messageId: "<a@b.example>", at: 1, from: "", fromName: "", envelopeFrom: "", to: [], recipients: [], subject: "" },
  ...{
    disposition: "SPAM",
    deliveryMode: "JOURNAL",
    deliveryStatus: ["delivered"],
    alertId: "",
    reasons: [],
    isQuarantined: false,
    operations: [],
  },
};
const entry: ActionEntry = { operation: "MOVE", at: 1, success: true, status: "", folder: "", requestedBy: "", recipient: "" };

describe("the table's row of a verdict", () => {
  it("takes business email compromise for malicious, and nothing else for a row", () => {
    expect(["MALICIOUS", "MALICIOUS-BEC", "spam", "NONE", "ENCRYPTED", "UNKNOWN", ""].map(rowOfVerdict)).toEqual([
      "MALICIOUS",
      "MALICIOUS",
      "SPAM",
      null,
      null,
      null,
      null,
    ]);
  });
});

describe("a move on record", () => {
  it("shows by what was done or by where the message is, failed moves included", () => {
    expect(showsMove(message)).toBe(false);
    expect(showsMove({ ...message, operations: ["PREVIEW", "MOVE"] })).toBe(true);
    expect(showsMove({ ...message, deliveryStatus: ["move_failed"] })).toBe(true);
  });

  it("is the vendor's own only when a feature of it asked, not a person and not a token", () => {
    expect(isByVendor({ ...entry, requestedBy: "auto-retract" })).toBe(true);
    for (const requestedBy of ["admin@contoso.example", "postmaster@contoso.example", "Automation@contoso.example", "Cutover", ""])
      expect(isByVendor({ ...entry, requestedBy })).toBe(false);
    expect(isByVendor({ ...entry, operation: "PREVIEW", requestedBy: "auto-retract" })).toBe(false);
  });
});

describe("why a move failed", () => {
  it.each([
    ["not_found", "gone"],
    ["Message not found in mailbox", "gone"],
    ["group_address", "group"],
    ["unauthorized", "unauthorized"],
    ["ErrorAccessDenied", "unauthorized"],
    ["throttled", "throttled"],
    ["429 TooManyRequests", "throttled"],
    ["", "other"],
  ])("%s is told as %s, with a remedy", (status, reason) => {
    expect(reasonOf(status)).toBe(reason);
    expect(MOVE_REASONS[reasonOf(status)].remedy).toMatch(/\.$/);
  });

  it("is worth another try unless trying cannot help", () => {
    expect(isWorthATry("group_address")).toBe(false);
    for (const status of ["not_found", "throttled", "unauthorized", ""]) expect(isWorthATry(status)).toBe(true);
  });
});
