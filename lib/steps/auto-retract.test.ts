import { describe, expect, it } from "vitest";
import { no } from "@/lib/base/result";
import { area1 } from "@/lib/profiles/area1";
import { cloudflare } from "@/lib/profiles/cloudflare";
import { autoRetract } from "./auto-retract";
import { autoRetractSettings, NO_ACTION } from "./auto-retract-settings";
import { foldersOf, wordOf } from "./auto-retract-table";
import { judged, NOW, refusals } from "./testing";
import { EU, journalRuleRow, RULE, US } from "./testing-journal";

const TABLE = { ...NO_ACTION, MALICIOUS: "soft", SPAM: "junk" } as const;
const on = { JournalRule: [journalRuleRow("r", RULE, US.address)] };
const look = (more: object = {}, raw: Readonly<Record<string, unknown>> = on, others: Parameters<typeof judged>[3] = {}) =>
  judged(autoRetract, { table: TABLE, addresses: { us: US.address }, ...more }, raw, others);
const entered = (table = TABLE as Parameters<typeof wordOf>[0], profile = cloudflare) => [wordOf(table, profile)];

describe("the table", () => {
  it("is told in the words of people's folders, and plans nothing", () => {
    const { check, changes } = look();
    expect(check("table")).toMatchObject({ verdict: "pass", saw: "MALICIOUS: Recoverable Items (deletions); SPAM: Junk Email." });
    expect(changes).toEqual([]);
  });

  it("without any action moves nothing, and that is said", () => {
    expect(look({ table: NO_ACTION }).check("table")?.verdict).toBe("warn");
    expect(look({ table: {} }).check("table")?.verdict).toBe("warn");
  });

  it("a hard delete is warned of: eDiscovery alone brings it back, and a milder choice comes first", () => {
    const hard = { table: { ...TABLE, MALICIOUS: "hard", SPOOF: "hard" } };
    expect(look(hard).check("hard")).toMatchObject({ verdict: "warn" });
    expect(look(hard).check("hard")?.saw).toContain("MALICIOUS and SPOOF");
    expect(look(hard).check("hard")?.saw).toContain("eDiscovery");
    expect(look(hard).check("hard")?.fix).toContain("Move to junk");
    expect(look({ ...hard, by: "cutover" }).check("hard")?.fix).toContain("seven days");
    expect(look().check("hard")).toBeUndefined();
  });

  it("soft delete ends where the product says it does", () => {
    expect(foldersOf(TABLE, cloudflare).MALICIOUS).toBe("RecoverableItemsDeletions");
    expect(foldersOf(TABLE, area1).MALICIOUS).toBe("DeletedItems");
    expect(foldersOf({ ...TABLE, BULK: "hard" }, area1)).toEqual({
      MALICIOUS: "DeletedItems",
      SUSPICIOUS: null,
      SPOOF: null,
      SPAM: "JunkEmail",
      BULK: "RecoverableItemsPurges",
    });
  });

  it("says of Area 1 that trash and soft delete end in the same place", () => {
    const { evidence } = look({}, on, { profile: area1 });
    const rows = evidence.find(({ title }) => title === "What each choice does")?.rows ?? [];
    expect(rows.filter((row) => row[1] === "Deleted Items" && row[2]?.includes("same place"))).toHaveLength(2);
  });

  it("a choice that the dashboard has for Google alone is warned of, where it is set there", () => {
    const trash = { table: { ...TABLE, BULK: "trash" } };
    expect(look(trash).check("offered")?.verdict).toBe("warn");
    expect(look({ ...trash, by: "cutover" }).check("offered")).toBeUndefined();
    expect(look(trash, on, { profile: area1 }).check("offered")).toBeUndefined();
  });

  it("refuses a choice that is none", () => {
    expect(refusals(autoRetract, { table: { MALICIOUS: "burn" } })).toEqual(["Choose one of the five."]);
  });
});

describe("moved by the vendor", () => {
  it("asks for the word that the table stands there, and says where", () => {
    const { check } = look();
    expect(check("entered")?.verdict).toBe("fail");
    expect(check("entered")?.fix).toContain("Email security > Settings > Moves");
  });

  it("a word is a word, never seen", () => {
    expect(look({ entered: entered() }).check("entered")).toMatchObject({ verdict: "unknown", onWord: true });
  });

  it("a word about another table, or another product, asks again", () => {
    const changed = look({ entered: entered({ ...TABLE, BULK: "junk" }) }).check("entered");
    expect(changed).toMatchObject({ verdict: "fail" });
    expect(changed?.saw).toContain("changed");
    expect(look({ entered: entered() }, on, { profile: area1 }).check("entered")?.verdict).toBe("fail");
  });

  it("the box to tick is about the table that is shown", () => {
    const field = look().fields.find(({ name }) => name === "entered");
    expect(field?.type === "choices" && field.options.map(({ value }) => value)).toEqual(entered());
  });

  it("fails while Cutover still moves: never both", () => {
    const { check } = look({ entered: entered(), running: { since: NOW } });
    expect(check("both")?.verdict).toBe("fail");
    expect(look({ entered: entered() }).check("both")).toBeUndefined();
  });
});

describe("moved by Cutover", () => {
  const by = { by: "cutover" };

  it("says that it is not turned on yet, and where that is done", () => {
    expect(look(by).check("moving")).toMatchObject({ verdict: "fail" });
    expect(look(by).check("moving")?.fix).toContain("Auto-retract");
  });

  it("passes while it runs, and says since when", () => {
    expect(look({ ...by, running: { since: NOW, table: TABLE } }).check("moving")).toMatchObject({
      verdict: "pass",
      saw: "Cutover has been moving messages since 2026-05-03 12:00 UTC.",
    });
    expect(look({ ...by, running: { since: NOW } }).check("moving")?.verdict).toBe("pass");
  });

  it("a table that was changed after it was turned on does not count yet", () => {
    const { check } = look({ ...by, running: { since: NOW, table: { ...TABLE, BULK: "hard" } } });
    expect(check("moving")?.verdict).toBe("fail");
    expect(check("moving")?.saw).toContain("changed afterwards");
  });

  it("is loud when it stopped: why, since when, and what to do", () => {
    const { check } = look({ ...by, running: { since: NOW - 1, table: TABLE }, stopped: { at: NOW, say: "The token was refused." } });
    expect(check("moving")).toMatchObject({ verdict: "fail" });
    expect(check("moving")?.saw).toContain("The token was refused.");
    expect(check("moving")?.saw).toContain("2026-05-03 12:00 UTC");
    expect(check("moving")?.fix).toContain("turn it on again");
  });

  it("wants nothing to be moved at the vendor's: a word about that, and a warning without", () => {
    expect(look(by).check("entered")?.verdict).toBe("warn");
    expect(look({ ...by, entered: entered() }).check("entered")?.verdict).toBe("warn");
    expect(look({ ...by, entered: entered(NO_ACTION) }).check("entered")).toMatchObject({ verdict: "unknown", onWord: true });
  });

  it("the form does not ask what turning on and off writes", () => {
    const names = look(by).fields.map(({ name }) => name);
    expect(names).toEqual(["by", "table.MALICIOUS", "table.SUSPICIOUS", "table.SPOOF", "table.SPAM", "table.BULK", "source", "entered"]);
  });
});

describe("what shows delivered mail", () => {
  it("journaling: the rule is there and on", () => {
    expect(look().check("source")).toMatchObject({ verdict: "pass" });
  });

  it("journaling: a rule that is off, missing, or of somebody else's archive is none", () => {
    const off = look({}, { JournalRule: [journalRuleRow("r", RULE, US.address, { Enabled: false })] }).check("source");
    expect(off).toMatchObject({ verdict: "fail", step: "journal-rule" });
    expect(off?.saw).toContain("off");
    expect(look({}, { JournalRule: [] }).check("source")).toMatchObject({ verdict: "fail", step: "journal-rule" });
    const archive = { JournalRule: [journalRuleRow("a", "Archive", "box@archive.example")] };
    expect(look({ addresses: {} }, archive).check("source")?.verdict).toBe("fail");
  });

  it("journaling: every region has its own, and the one without is named", () => {
    const two = { regions: ["us", "eu"], addresses: { us: US.address, eu: EU.address } };
    const { check } = look(two);
    expect(check("source")?.verdict).toBe("fail");
    expect(check("source")?.saw).toContain("European Union");
    const both = { JournalRule: [...on.JournalRule, journalRuleRow("e", "EU", EU.address)] };
    expect(look(two, both).check("source")?.verdict).toBe("pass");
  });

  it("journaling: a rule from before counts where no address was typed", () => {
    expect(look({ addresses: {} }).check("source")?.verdict).toBe("pass");
  });

  it("journaling that cannot be read is unknown, and hides nothing else", () => {
    const { check } = look({}, {}, { failed: { JournalRule: no("throttled", "Too many questions.") } });
    expect(check("source")).toMatchObject({ verdict: "unknown", saw: "Too many questions." });
    expect(check("table")?.verdict).toBe("pass");
  });

  it("without access, and by BCC or Graph, it is the admin's word", () => {
    const none = { failed: { JournalRule: no("not-asked", "No access.") } };
    expect(look({ access: "without" }, {}, none).check("source")).toMatchObject({ verdict: "unknown", onWord: true });
    expect(look({ source: "bcc" }, {}).check("source")).toMatchObject({ verdict: "unknown", onWord: true });
    expect(look({ source: "graph" }, {}).check("source")).toMatchObject({ verdict: "unknown", onWord: true });
  });
});

it("what turning on writes is kept as it was written", () => {
  const written = { running: { since: NOW, table: TABLE }, stopped: { at: NOW, say: "Both would move." } };
  expect(autoRetractSettings.parse(written)).toMatchObject(written);
});
