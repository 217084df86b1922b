import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { between } from "@/lib/model/edits";
import { commandOf, scriptFor } from "@/lib/model/powershell";
import { quoted, type Style } from "@/lib/model/powershell/literal";
import { ask } from "@/lib/model/query";
import { execute, type Host } from "./interpreter";

const host = (said: string[]): Host => ({
  tenant: "t",
  edition: "7",
  now: () => 0,
  cmdlet: async () => [],
  graph: async () => ({}),
  write: () => {},
  say: (text) => said.push(text),
  answer: () => "",
});

const script = scriptFor({
  queries: { connectors: ask("InboundConnector") },
  changes: between("InboundConnector", null, { Name: "Ünser “Connector”\n$x" }),
  tenant: "t",
  nonce: "n",
  planId: "p",
  stepTitle: "Let “it” in\n# no comment",
  role: "Exchange Administrator",
  fileName: "cutover.json",
});

describe("text in PowerShell", () => {
  it.each(["file", "screen"] satisfies readonly Style[])("means exactly that text, whatever is in it (%s)", async (style) => {
    const odd = fc.string({
      unit: fc.constantFrom("a", "'", '"', "$", "`", "\n", "\r", "‘", "’", "“", "”", "‛", "ö", "😀", "$(", "}", "@", "#", " ", "–"),
    });
    await fc.assert(
      fc.asyncProperty(odd, async (text) => {
        const said: string[] = [];
        expect(await execute(`Write-Host ${quoted(text, style)}`, host(said))).toBeNull();
        expect(said).toEqual([text]);
      }),
    );
  });

  it("is ASCII only in a file, because Windows PowerShell 5.1 reads files in the machine's old code page", () => {
    expect(/^[\x20-\x7e\n]*$/.test(script)).toBe(true);
  });
});

describe("a printed script", () => {
  it("names the role, stops on errors, connects, and installs nothing for other users", () => {
    expect(script).toContain("# For the organisation t. Role needed: Exchange Administrator.");
    expect(script).toContain("$ErrorActionPreference = 'Stop'");
    expect(script).toContain("Set-ExecutionPolicy -Scope Process");
    expect(script).toContain("Install-Module -Name $module -Scope CurrentUser");
    expect(script).toContain("Connect-ExchangeOnline");
    expect(script).not.toContain("Connect-MgGraph");
  });

  it("stops in another organisation before it reads or writes", async () => {
    const calls: string[] = [];
    const cmdlet: Host["cmdlet"] = async (name) => {
      calls.push(name);
      return [];
    };
    const other: Host = { ...host([]), tenant: "other", cmdlet };
    expect(await execute(script, other)).toContain("another organisation");
    expect(calls).toEqual([]);
  });

  it("asks Graph only where a question needs it, with the permission of that question alone", () => {
    const both = scriptFor({
      queries: { domains: ask("domain") },
      changes: [],
      tenant: "t",
      nonce: "n",
      planId: null,
      stepTitle: "s",
      role: "r",
      fileName: "f",
    });
    expect(both).toContain("Connect-MgGraph -TenantId 't' -Scopes @('Domain.Read.All')");
    expect(both).not.toContain("Connect-ExchangeOnline");
  });

  it("has no question about DNS or about what we were granted", () => {
    const none = scriptFor({
      queries: [ask("mx", "contoso.com"), ask("grants")],
      changes: [],
      tenant: "t",
      nonce: "n",
      planId: null,
      stepTitle: "s",
      role: "r",
      fileName: "f",
    });
    expect(none).not.toMatch(/^Keep /m);
  });
});

it("the command of a change is one line that can be copied", () => {
  const [change] = between("InboundConnector", null, { Name: "It's “ours”\n", Enabled: true });
  expect(change && commandOf(change)).toBe("New-InboundConnector -Name ('It''s “ours”' + [char]0x000a) -Enabled $true");
});
