/** Whether a connector was tried: what Microsoft shows counts, else our own record, and neither outlives a change. */
import { describe, expect, it } from "vitest";
import type { Change } from "@/lib/model/change";
import { fold } from "@/lib/model/mine";
import { area1 } from "@/lib/profiles/area1";
import { journalConnector } from "./journal-connector";
import { timeIn } from "./journal-connector-validation";
import { gateway, straight, US, validation } from "./testing-journal";
import { done, found, ONE } from "./testing-journal-connector";

describe("connector validation", () => {
  const ours = straight("1", "Journal", US);
  const shown = (more: object, mine?: ReturnType<typeof fold>) =>
    found(ONE, { outbound: [gateway(), ours], validations: [validation("Journal", more)], ...(mine ? { mine } : {}) });
  const trial: Change = {
    do: "set",
    kind: "OutboundConnectorValidation",
    key: "Journal",
    name: "Journal",
    hands: "us",
    edits: { IsValidated: { from: false, to: true }, ValidationRecipients: { add: [US.address], remove: [], whole: [US.address] } },
  };
  const edited: Change = {
    do: "set",
    kind: "OutboundConnector",
    key: "1",
    name: "Journal",
    hands: "us",
    edits: { TlsSettings: { from: null, to: "CertificateValidation" } },
  };
  const fresh = { IsValidated: true, LastValidationTimestamp: "2026-05-01T10:00:02", ValidationRecipients: [US.address] };

  it("shown by Microsoft after the last change: proven, with time and address", () => {
    const { check, changes } = shown(fresh);
    expect(changes).toEqual([]);
    expect(check("validated")).toMatchObject({ verdict: "pass" });
    expect(check("validated")?.saw).toContain(`2026-05-01 10:00 UTC, says Microsoft, by sending to ${US.address}`);
  });
  it("writing that down is a change too, moments later: no reason to try again", () => {
    expect(shown({ ...fresh, LastValidationTimestamp: "2026-05-01 09:59:30z" }).changes).toEqual([]);
  });
  it("changed since, never tried, or tried with another address: it is tried", () => {
    expect(shown({ ...fresh, WhenChangedUTC: "2026-05-02T10:00:00Z" }).changes).toMatchObject([{ kind: trial.kind }]);
    expect(shown({}).changes).toMatchObject([{ kind: trial.kind, edits: { IsValidated: { from: false } } }]);
    const other = shown({ ...fresh, ValidationRecipients: ["typo@journaling.mxrecord.io"] });
    expect(other.changes).toMatchObject([{ edits: { ValidationRecipients: { remove: ["typo@journaling.mxrecord.io"] } } }]);
    expect(other.check("validated")).toBeUndefined();
  });
  it("where it does not stick, our own record is the proof, and says so", () => {
    const { check, changes } = shown({}, fold([{ change: trial }]));
    expect(changes).toEqual([]);
    expect(check("validated")?.saw).toContain("tried by Cutover");
  });
  it("our record is no proof of what we changed afterwards", () => {
    expect(shown({}, fold([{ change: trial }, { change: edited }])).changes).toMatchObject([{ kind: trial.kind }]);
    expect(shown({}, fold([{ change: edited }, { change: trial }])).changes).toEqual([]);
  });
  it("changed by somebody else since our trial: warned, with the way to try it again", () => {
    const { check } = shown({ ...fresh, WhenChangedUTC: "2026-05-02T10:00:00Z" }, fold([{ change: trial }]));
    expect(check("validated")).toMatchObject({ verdict: "warn" });
    expect(check("validated")?.fix).toContain("Validate this connector");
  });
  it("made and tried, and not shown yet: not tried twice", () => {
    const mine = done(found(ONE).changes);
    expect(found(ONE, { mine }).changes.map((c) => c.kind)).toEqual(["OutboundConnector"]);
  });
  it("each failure has its remedy in the guide", () => {
    const { fails } = journalConnector.texts(area1);
    for (const word of ["domain", "name can't be found", "certificate", "no such recipient"])
      expect(fails.some(({ when }) => when.includes(word))).toBe(true);
  });
  it.each([
    ["2026-05-01T10:00:00", 1777629600000],
    ["2026-05-01 10:00:00z", 1777629600000],
    ["2026-05-01T12:00:00.0000000+02:00", 1777629600000],
    ["0001-01-01T00:00:00", null],
    ["yesterday", null],
    [null, null],
  ])("a time written as %s is read", (said, at) => expect(timeIn(said)).toBe(at));
});
