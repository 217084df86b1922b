/** The admin's own PowerShell window: runs a downloaded script by lib/laws' interpreter against the sandbox's Exchange and Graph over HTTP. */
import { execute, type Host } from "@/lib/laws/interpreter";
import { type Send, windowAt } from "@/lib/laws/window";
import type { Customer } from "./fixtures";
import { minutes, type Sandbox } from "./sandbox";

/** The rights of the admin who sits at the window; the sandbox knows only those of applications, so it is given them there. */
async function grant(sandbox: Pick<Sandbox, "url" | "advance">, tenant: string): Promise<void> {
  for (const [section, does] of [
    ["consent", "grant"],
    ["role", "assign"],
  ] as const)
    await fetch(`${sandbox.url}/portal/${tenant}/${section}`, { method: "POST", body: new URLSearchParams({ do: does }) });
  await sandbox.advance(minutes(1));
}

const send: Send = async ({ url, ...more }) => {
  const answer = await fetch(url, more);
  return { status: answer.status, body: await answer.text() };
};

const hostAt = ({ url }: Pick<Sandbox, "url">, tenant: string, files: string[]): Host => ({
  ...windowAt(url, tenant, send),
  now: () => Date.now(),
  write: (_, content) => files.push(content),
  say: () => undefined,
  answer: () => "",
});

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
