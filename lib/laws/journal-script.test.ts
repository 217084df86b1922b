/** What scripts of journaling do: connectors that are tried, lists with their members, people of Graph. */
import { describe, expect, it } from "vitest";
import { callOf } from "@/lib/model/call";
import type { Change, Edit } from "@/lib/model/change";
import { type Kind, readRows } from "@/lib/model/nouns";
import { commandOf, scriptFor } from "@/lib/model/powershell";
import { scriptKeyOf } from "@/lib/model/powershell/change-line";
import { type Ask, ask } from "@/lib/model/query";
import { parseUpload } from "@/lib/model/upload";
import { machine, runScript } from "./console";
import { execute, type Host } from "./interpreter";
import { Thrown } from "./powershell/values";
import { objects, type State } from "./state";
import { FakeTenant } from "./tenant";

const EU = "journal-eu@contoso.com";
const script = (queries: readonly Ask[], changes: readonly Change[] = []) =>
  scriptFor({
    queries,
    changes,
    tenant: machine.tenant,
    nonce: machine.nonce,
    planId: changes.length > 0 ? "p" : null,
    stepTitle: "s",
    role: "r",
    fileName: machine.fileName,
  });
const change = (what: Change["do"], kind: Kind, key: string, edits: Readonly<Record<string, Edit>>, name = key): Change => ({
  do: what,
  kind,
  key: what === "new" ? "" : key,
  name,
  edits,
  hands: "us",
});
const list = (add: readonly string[], remove: readonly string[], whole: readonly string[]): Edit => ({ add, remove, whole });
const value = (from: string | boolean | null, to: string | boolean | null): Edit => ({ from, to });

const group = (address: string, Members: readonly string[]) => ({
  Guid: address,
  Name: "Journaling: EU",
  PrimarySmtpAddress: address,
  IsDirSynced: false,
  RecipientTypeDetails: "MailUniversalDistributionGroup",
  Members,
});
const rowsOf = <K extends Kind>(kind: K, file: string, of = "", plan: string | null = null) => {
  const read = parseUpload(file, { tenant: machine.tenant, nonce: machine.nonce, plan });
  if (!read.ok) throw new Error(read.problem.say);
  const said = read.value.answers.get(of === "" ? kind : `${kind}/${of}`);
  return said?.ok ? readRows(kind, said.value) : said;
};
const madeBy = (file: string, c: Change) => {
  const read = parseUpload(file, { tenant: machine.tenant, nonce: machine.nonce, plan: "p" });
  return read.ok ? read.value.made.get(scriptKeyOf(c))?.key : undefined;
};
const membersIn = (fake: FakeTenant) => objects(fake.state, "DistributionGroup")[0]?.["Members"];
const withList = (...members: readonly string[]): State => ({ DistributionGroup: [group(EU, members)] });

describe("a script that reads", () => {
  it.each(["5.1", "7"] as const)("puts a list together with its members, one or many (%s)", async (edition) => {
    for (const members of [[], ["anna@contoso.com"], ["anna@contoso.com", "bernd@contoso.com"]]) {
      const { file, stopped } = await runScript(script([ask("DistributionGroup", EU)]), new FakeTenant(withList(...members)), edition);
      expect(stopped).toBeNull();
      expect(rowsOf("DistributionGroup", file, EU)).toMatchObject({ ok: true, value: [{ Guid: EU, Members: members, isSynced: false }] });
    }
  });

  it("takes one that is not there for an answer, and a refusal for none", async () => {
    const asks = [ask("DistributionGroup", EU), ask("Recipient", "o'neil@contoso.com")];
    const { file } = await runScript(script(asks), new FakeTenant({}));
    expect(rowsOf("DistributionGroup", file, EU)).toEqual({ ok: true, value: [] });
    expect(rowsOf("Recipient", file, "o'neil@contoso.com")).toEqual({ ok: true, value: [] });
    const failing = new FakeTenant({});
    failing.failing.add(`DistributionGroup/${EU}`);
    expect(rowsOf("DistributionGroup", (await runScript(script(asks), failing)).file, EU)).toMatchObject({ ok: false });
  });

  it("asks about nobody in no line", () => {
    expect(script([ask("DistributionGroup"), ask("Recipient", " ")])).not.toMatch(/^Keep /m);
  });

  it("puts people together by where they are, from every page", async () => {
    const place = (usageLocation: string, office: string, addresses: readonly string[]) => ({
      Guid: `${usageLocation}/${office}`,
      Name: usageLocation,
      usageLocation,
      office,
      addresses,
    });
    const people = [
      place("DE", "Berlin", ["anna@contoso.com", "bernd@contoso.com"]),
      place("US", "", ["carol@contoso.com"]),
      place("", "", ["d@x.com"]),
    ];
    const text = script([ask("people")]);
    expect(text).toContain("-Scopes @('User.Read.All')");
    expect(rowsOf("people", (await runScript(text, new FakeTenant({ people }), "5.1")).file)).toEqual(readRows("people", people));
  });

  it("leaves guests and people without mail out", async () => {
    const users = [
      { mail: "anna@contoso.com", usageLocation: "DE", officeLocation: null, userType: "Member" },
      { mail: null, usageLocation: "DE", officeLocation: null, userType: "Member" },
      { mail: "guest@fabrikam.com", usageLocation: "DE", officeLocation: null, userType: "Guest" },
    ];
    const files: string[] = [];
    const host: Host = {
      tenant: machine.tenant,
      edition: "5.1",
      now: () => 0,
      cmdlet: async () => [],
      graph: async () => ({ value: users }),
      write: (_, content) => files.push(content),
      say: () => {},
      answer: () => "",
    };
    expect(await execute(script([ask("people")]), host)).toBeNull();
    expect(rowsOf("people", files[0] ?? "")).toMatchObject({ ok: true, value: [{ Guid: "DE/", addresses: ["anna@contoso.com"] }] });
  });
});

describe("a script that changes lists", () => {
  const anna = "anna@contoso.com";
  const run = async (c: Change, fake: FakeTenant) => {
    const first = await runScript(script([ask("DistributionGroup", EU)], [c]), fake);
    const { writes } = fake;
    const second = await runScript(script([ask("DistributionGroup", EU)], [c]), fake);
    return { ...first, again: second.said, isSilent: fake.writes === writes };
  };

  it("makes one with its members, keyed by its address, once", async () => {
    const made = change(
      "new",
      "DistributionGroup",
      "",
      { PrimarySmtpAddress: value(null, EU), Alias: value(null, "journal-eu"), Members: list([anna], [], [anna]) },
      "Journaling: EU",
    );
    const fake = new FakeTenant({});
    const { stopped, file, again, isSilent } = await run(made, fake);
    expect(stopped).toBeNull();
    expect(membersIn(fake)).toEqual([anna]);
    expect(madeBy(file, made)).toBe(EU);
    expect(again).toContain('Already so: Add Distribution list "Journaling: EU"');
    expect(isSilent).toBe(true);
  });

  it("adds one and takes one out, whatever else is in the list", async () => {
    const fake = new FakeTenant(withList("else@contoso.com"));
    const adding = change("set", "DistributionGroup", EU, { Members: list([anna], [], []) });
    expect(script([], [adding])).toContain(
      `make = { Add-DistributionGroupMember -Identity '${EU}' -Member '${anna}' -BypassSecurityGroupManagerCheck:$true -Confirm:$false -ErrorAction Stop }`,
    );
    expect(await run(adding, fake)).toMatchObject({ stopped: null, isSilent: true });
    expect(membersIn(fake)).toEqual(["else@contoso.com", anna]);
    const removing = change("set", "DistributionGroup", EU, { Members: list([], [anna], []) });
    expect(await run(removing, fake)).toMatchObject({ stopped: null, isSilent: true });
    expect(membersIn(fake)).toEqual(["else@contoso.com"]);
  });

  it("replaces all members only while nobody else has touched them", async () => {
    const whole = ["b@contoso.com", "c@contoso.com"];
    const replacing = change("set", "DistributionGroup", EU, { Members: list(["c@contoso.com"], [anna], whole) });
    expect(callOf(replacing).cmdlet).toBe("Update-DistributionGroupMember");
    for (const others of [
      [anna, "b@contoso.com", "else@contoso.com"],
      [anna, "else@contoso.com"],
    ]) {
      const touched = new FakeTenant(withList(...others));
      expect((await runScript(script([], [replacing]), touched)).stopped).toContain("no longer as it was");
      expect(membersIn(touched)).toEqual(others);
    }
    const fake = new FakeTenant(withList(anna, "b@contoso.com"));
    expect(await run(replacing, fake)).toMatchObject({ stopped: null, isSilent: true });
    expect(membersIn(fake)).toEqual(whole);
  });

  it("removes one, once", async () => {
    const removing = change("remove", "DistributionGroup", EU, {
      PrimarySmtpAddress: value(EU, null),
      Members: list([], [anna], []),
    });
    const fake = new FakeTenant(withList(anna));
    expect(await run(removing, fake)).toMatchObject({ stopped: null, isSilent: true });
    expect(objects(fake.state, "DistributionGroup")).toEqual([]);
    for (const others of [[anna, "else@contoso.com"], ["else@contoso.com"]])
      expect((await runScript(script([], [removing]), new FakeTenant(withList(...others)))).stopped).toContain("no longer as it was");
  });

  it("shows the beginning of a long list, in a way that does not run", () => {
    const Members = Array.from({ length: 10_000 }, (_, nth) => `p${nth}@contoso.com`);
    const replacing = change("set", "DistributionGroup", EU, { Members: list(Members, [], Members) });
    const shown = commandOf(replacing);
    expect(shown).toContain("... and 9950 more");
    expect(shown.length).toBeLessThan(2_000);
    expect(script([], [replacing])).toContain("'p9999@contoso.com'");
  });
});

describe("a script that tries a connector", () => {
  const NAME = "Deliver journal directly";
  const TO = "contoso@journaling.mxrecord.io";
  const trying = change("set", "OutboundConnectorValidation", NAME, {
    IsValidated: value(false, true),
    ValidationRecipients: list([TO], [], [TO]),
  });
  const connector = { Guid: "o1", Name: NAME, Enabled: true, RecipientDomains: ["journaling.mxrecord.io"], IsValidated: false };

  it("notes at the connector that it was tried, and does not try it again", async () => {
    const fake = new FakeTenant({ OutboundConnector: [connector] });
    const { stopped, file } = await runScript(script([ask("OutboundConnectorValidation")], [trying]), fake);
    expect(stopped).toBeNull();
    expect(objects(fake.state, "OutboundConnector")).toMatchObject([
      { IsValidated: true, ValidationRecipients: [TO], LastValidationTimestamp: "2026-08-20 00:00:00Z" },
    ]);
    expect(madeBy(file, trying)).toBe(NAME);
    expect((await runScript(script([], [trying]), fake)).said).toContain(`Already so: Change Validation of outbound connector "${NAME}"`);
  });

  const tried = async (rows: readonly unknown[], noting: () => readonly unknown[] = () => []) => {
    const calls: string[] = [];
    const files: string[] = [];
    const host: Host = {
      tenant: machine.tenant,
      edition: "7",
      now: () => 0,
      cmdlet: async (name) => {
        calls.push(name);
        if (name.startsWith("Validate-")) return rows;
        return name.startsWith("Get-") ? [{ ...connector, ValidationRecipients: [] }] : noting();
      },
      graph: async () => ({}),
      write: (_, content) => files.push(content),
      say: () => {},
      answer: () => "",
    };
    return { stopped: await execute(script([], [trying]), host), calls, files };
  };
  const task = (TaskName: string, IsTaskSuccessful: unknown, TaskDetail = "Succeeded", SubTaskResults: unknown = []) => ({
    TaskName,
    IsTaskSuccessful,
    TaskDetail,
    SubTaskResults,
  });

  it("stops with the words of the task that failed, and notes nothing", async () => {
    const { stopped, calls, files } = await tried([
      task("Check connectivity", false, "all of it", [task("east", true), task("west", "False", "450 4.4.315 Connection timed out")]),
      task("Send test email", true),
    ]);
    expect(stopped).toBe("Exchange Online tried the connector, and it failed. west: 450 4.4.315 Connection timed out");
    expect(calls).not.toContain("Set-OutboundConnector");
    const read = parseUpload(files[0] ?? "", { tenant: machine.tenant, nonce: machine.nonce, plan: "p" });
    expect(read.ok && read.value.stopped).toBe(stopped);
  });

  it("is done although the note does not stick", async () => {
    const { stopped, calls } = await tried([task("Check connectivity", true)], () => {
      throw new Thrown("The parameter is reserved.");
    });
    expect(stopped).toBeNull();
    expect(calls).toContain("Set-OutboundConnector");
  });

  it("does not take silence for success", async () => {
    expect((await tried([])).stopped).toContain("did not say how that came out");
    expect((await tried([task("Check connectivity", "True", "Succeeded", "text")])).stopped).toBeNull();
  });
});
