/** What scripts of retraction read: applications with what they were granted, and the holders of a role. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type Kind, readRows } from "@/lib/model/nouns";
import { scriptFor } from "@/lib/model/powershell";
import { type Ask, ask, nameOf } from "@/lib/model/query";
import { parseUpload } from "@/lib/model/upload";
import { machine, runScript } from "./console";
import { retractionRows } from "./retraction-rows";
import type { Obj } from "./state";
import { FakeTenant } from "./tenant";

const NAME = "Email Security Synchronator";
const ROLE = "e8611ab8-c189-46e8-94e1-60213ab1f814";
const script = (...queries: readonly Ask[]) =>
  scriptFor({ ...machine, queries, changes: [], planId: null, stepTitle: "Retraction", role: "Global Reader" });

function rowsOf<K extends Kind>(kind: K, of: string, file: string) {
  const upload = parseUpload(file, { tenant: machine.tenant, nonce: machine.nonce, plan: null });
  const said = upload.ok ? upload.value.answers.get(nameOf(ask(kind, of))) : null;
  return said?.ok ? readRows(kind, said.value) : said;
}
const application = (name: string, roles: readonly string[]): Obj => ({
  ...{ Guid: "sp1", Name: name, id: "sp1", appId: "a1", ownerId: "o1", name, roles: [...roles], isEnabled: true },
});

describe("a script that reads who may move mail", () => {
  it("asks for no more than reading, and brings only the functions it needs", () => {
    const both = script(ask("vendorApplication", NAME), ask("roleHolder", ROLE));
    expect(both).toContain("-Scopes @('Application.Read.All', 'RoleManagement.Read.Directory')");
    expect(script(ask("roleHolder", ROLE))).not.toContain("function Applications");
    expect(script(ask("vendorApplication", NAME))).not.toContain("function Holders");
  });

  it("reads what we read, whatever is there", async () => {
    const state = fc.record(retractionRows);
    await fc.assert(
      fc.asyncProperty(state, fc.constantFrom("5.1", "7"), async (start, edition) => {
        const fake = new FakeTenant(start);
        const { file, stopped } = await runScript(script(ask("vendorApplication", NAME), ask("roleHolder", ROLE)), fake, edition);
        expect(stopped).toBeNull();
        for (const [kind, of] of [["vendorApplication", NAME] as const, ["roleHolder", ROLE] as const]) {
          const ours = fake.read({ kind, of });
          expect(rowsOf(kind, of, file)).toEqual(ours.ok ? readRows(kind, ours.value) : ours);
        }
      }),
      { numRuns: 40 },
    );
  });

  it("finds an application whose name has a quote in it", async () => {
    const name = "The vendor's $(app)";
    const fake = new FakeTenant({ vendorApplication: [application(name, ["Mail.Read"])] });
    const { file } = await runScript(script(ask("vendorApplication", name)), fake);
    expect(rowsOf("vendorApplication", name, file)).toMatchObject({
      ok: true,
      value: [{ Name: name, roles: ["Mail.Read"], isEnabled: true }],
    });
  });

  it("takes a refusal for no answer", async () => {
    const fake = new FakeTenant({});
    fake.failing.add("roleHolder");
    const { file } = await runScript(script(ask("vendorApplication", NAME), ask("roleHolder", ROLE)), fake);
    expect(rowsOf("vendorApplication", NAME, file)).toEqual({ ok: true, value: [] });
    expect(rowsOf("roleHolder", ROLE, file)).toMatchObject({ ok: false });
  });
});
