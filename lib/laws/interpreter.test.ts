import { describe, expect, it } from "vitest";
import { execute, type Host } from "./interpreter";
import { Enumerated, Thrown } from "./powershell/values";

const run = async (
  script: string,
  more: Partial<Host> = {},
): Promise<{ readonly said: readonly string[]; readonly stopped: string | null }> => {
  const said: string[] = [];
  const base: Host = {
    tenant: "t",
    edition: "7",
    now: () => 0,
    cmdlet: async () => [],
    graph: async () => ({}),
    write: () => {},
    say: (text) => said.push(text),
    answer: () => "",
  };
  return { stopped: await execute(script, { ...base, ...more }), said };
};

describe("the interpreter keeps PowerShell's own traps", () => {
  it("one piece of output is not a list, unless it is gathered as one", async () => {
    const { said } = await run("function One { 'a' }\n$x = One\nWrite-Host ($x -is [string])\n$y = @(One)\nWrite-Host $y.Count");
    expect(said).toEqual(["True", "1"]);
  });

  it("an error that nobody stops at is an empty answer", async () => {
    const cmdlet = async () => {
      throw new Thrown("no");
    };
    expect((await run("$x = @(Get-X)\nWrite-Host $x.Count", { cmdlet })).said).toEqual(["0"]);
    expect((await run("$ErrorActionPreference = 'Stop'\n$x = @(Get-X)", { cmdlet })).stopped).toBe("no");
    expect((await run("$x = @(Get-X -ErrorAction Stop)", { cmdlet })).stopped).toBe("no");
  });

  it("an enumeration is a number in JSON and a name in text", async () => {
    const cmdlet = async () => [{ Type: new Enumerated("Partner") }];
    const { said } = await run('$x = @(Get-X)[0]\nWrite-Host ($x.Type | ConvertTo-Json -Depth 9)\nWrite-Host "$($x.Type)"', { cmdlet });
    expect(said).toEqual(["1", "Partner"]);
  });

  it("text and tables know no upper and lower case, lists are compared by their entries", async () => {
    const { said } = await run("$t = @{ Ab = 1 }\nWrite-Host $t['aB']\nWrite-Host ('X' -eq 'x')\nWrite-Host (@('a') -notcontains 'A')");
    expect(said).toEqual(["1", "True", "False"]);
  });

  it("what is set in a function stays there", async () => {
    const { said } = await run("$x = 1\nfunction F { $x = 2 }\nF\nWrite-Host $x");
    expect(said).toEqual(["1"]);
  });

  it("groups rows by several properties without regard to case, and nothing is no group", async () => {
    const cmdlet = async () => [
      { A: "x", B: null, N: 1 },
      { A: "y", B: "b", N: 2 },
      { A: "X", B: "", N: 3 },
    ];
    const lines = [
      "foreach ($g in @(@(Get-X) | Group-Object -Property @('A', 'B'))) { Write-Host $g.Count }",
      "$none = @(@() | Group-Object -Property 'A')",
      "Write-Host $none.Count",
    ];
    expect((await run(lines.join("\n"), { cmdlet })).said).toEqual(["2", "1", "0"]);
  });

  it("refuses what it does not know, and what does not parse", async () => {
    await expect(run("Write-Host (1 -band 2)")).rejects.toThrow();
    await expect(run("if ($x { }")).rejects.toThrow("does not parse");
  });
});
