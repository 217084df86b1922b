/** The admin's own PowerShell window: runs a downloaded script by lib/laws' interpreter against the sandbox's Exchange and Graph over HTTP. */
import { z } from "zod";
import { execute, type Host } from "@/lib/laws/interpreter";
import { Enumerated, Thrown } from "@/lib/laws/powershell/values";
import type { Customer } from "./fixtures";
import { minutes, type Sandbox } from "./sandbox";

/** The module gives objects, not JSON: enumerations are values of their own, and the wire's own remarks are gone. */
const ENUMERATIONS = new Set(["ConnectorType", "State", "MarkAsSpamSpfRecordHardFail"]);
const asObject = (row: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> =>
  Object.fromEntries(
    Object.entries(row)
      .filter(([name]) => !name.includes("@"))
      .map(([name, value]) => [name, ENUMERATIONS.has(name) ? new Enumerated(String(value)) : value]),
  );

const isTable = (value: unknown): value is object => typeof value === "object" && value !== null && !Array.isArray(value);
/** The module marks a list that is edited, as the service wants it. */
const marked = (value: unknown): unknown => (isTable(value) ? { "@odata.type": "#Exchange.GenericHashTable", ...value } : value);

const rowsShape = z.object({ value: z.array(z.record(z.string(), z.unknown())).default([]) });
const tokenShape = z.object({ access_token: z.string() });

/** The rights of the admin who sits at the window; the sandbox knows only those of applications, so it is given them there. */
async function grant(sandbox: Pick<Sandbox, "url" | "advance">, tenant: string): Promise<void> {
  for (const [section, does] of [
    ["consent", "grant"],
    ["role", "assign"],
  ] as const)
    await fetch(`${sandbox.url}/portal/${tenant}/${section}`, { method: "POST", body: new URLSearchParams({ do: does }) });
  await sandbox.advance(minutes(1));
}

async function tokenFor(sandbox: Pick<Sandbox, "url">, tenant: string, resource: string): Promise<string> {
  const answer = await fetch(`${sandbox.url}/${tenant}/oauth2/v2.0/token`, {
    method: "POST",
    body: new URLSearchParams({
      grant_type: "client_credentials",
      client_id: "c0ffee00-0000-4000-8000-000000000001",
      client_secret: "sandbox-secret",
      scope: `${resource}/.default`,
    }),
  });
  return tokenShape.parse(await answer.json()).access_token;
}

function hostAt(sandbox: Pick<Sandbox, "url">, tenant: string, files: string[]): Host {
  const ask = async (url: string, resource: string, more: RequestInit): Promise<unknown> => {
    const headers = { authorization: `Bearer ${await tokenFor(sandbox, tenant, resource)}`, "content-type": "application/json" };
    const answer = await fetch(`${sandbox.url}${url}`, { ...more, headers });
    if (!answer.ok) throw new Thrown(`${answer.status} ${await answer.text()}`);
    return answer.json();
  };
  return {
    tenant,
    edition: "5.1",
    now: () => Date.now(),
    cmdlet: async (name, given) => {
      const Parameters = Object.fromEntries(Object.entries(given).map(([parameter, value]) => [parameter, marked(value)]));
      const body = JSON.stringify({ CmdletInput: { CmdletName: name, Parameters } });
      const answer = await ask(`/adminapi/beta/${tenant}/InvokeCommand`, "https://outlook.office365.com", { method: "POST", body });
      return rowsShape.parse(answer).value.map(asObject);
    },
    graph: (path) => ask(path.startsWith("/") ? path : `/${path}`, "https://graph.microsoft.com", {}),
    write: (_, content) => files.push(content),
    say: () => undefined,
    answer: () => "",
  };
}

/** @returns a window in which a script is run; it gives the file that the script wrote. */
export async function openConsole(
  sandbox: Pick<Sandbox, "url" | "advance">,
  { id }: Pick<Customer, "id">,
): Promise<(script: string) => Promise<string>> {
  await grant(sandbox, id);
  return async (script) => {
    const files: string[] = [];
    const stopped = await execute(script.replace(/^\uFEFF/, ""), hostAt(sandbox, id, files));
    if (stopped !== null) throw new Error(`The script stopped: ${stopped}`);
    return files.at(-1) ?? "";
  };
}
