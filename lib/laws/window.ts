/** The admin's own PowerShell window over HTTP: cmdlets go to Exchange as the module sends them, and come back as objects. For tests. */
import { z } from "zod";
import type { Host } from "./interpreter";
import { Enumerated, Thrown } from "./powershell/values";

/** The module gives objects, not JSON: enumerations are values of their own, and the wire's own remarks are gone. */
const ENUMERATIONS = new Set(["ConnectorType", "State", "MarkAsSpamSpfRecordHardFail", "Scope", "RecipientTypeDetails"]);
const asObject = (row: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> =>
  Object.fromEntries(
    Object.entries(row)
      .filter(([name]) => !name.includes("@"))
      .map(([name, value]) => [name, ENUMERATIONS.has(name) ? new Enumerated(String(value)) : value]),
  );

const isTable = (value: unknown): value is object => typeof value === "object" && value !== null && !Array.isArray(value);
/** The module marks a list that is edited, as the service wants it. */
const marked = (value: unknown): unknown => (isTable(value) ? { "@odata.type": "#Exchange.GenericHashTable", ...value } : value);

const rowsShape = z.object({ value: z.array(z.record(z.string(), z.unknown())).default([]), "@odata.nextLink": z.string().optional() });
const tokenShape = z.object({ access_token: z.string() });

export type Sent = {
  readonly method: "GET" | "POST";
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
};
/** How a request leaves: what came back, whatever it was. */
export type Send = (request: Sent) => Promise<{ readonly status: number; readonly body: string }>;

const EXCHANGE = "https://outlook.office365.com";
const GRAPH = "https://graph.microsoft.com";

/** @param url where sign-in, Exchange and Graph are. The sandbox knows the rights of applications alone, so the admin has those. */
export function windowAt(url: string, tenant: string, send: Send): Pick<Host, "tenant" | "edition" | "cmdlet" | "graph"> {
  const json = async (request: Sent): Promise<unknown> => {
    const { status, body } = await send(request);
    if (status >= 300) throw new Thrown(`${status} ${body}`);
    return JSON.parse(body || "{}");
  };
  const login = (resource: string) =>
    new URLSearchParams({
      grant_type: "client_credentials",
      client_id: "c0ffee00-0000-4000-8000-000000000001",
      client_secret: "sandbox-secret",
      scope: `${resource}/.default`,
    }).toString();
  const ask = async (resource: string, path: string, body?: string): Promise<unknown> => {
    const form = { "content-type": "application/x-www-form-urlencoded" };
    const said = await json({ method: "POST", url: `${url}/${tenant}/oauth2/v2.0/token`, headers: form, body: login(resource) });
    const headers = { authorization: `Bearer ${tokenShape.parse(said).access_token}`, "content-type": "application/json" };
    return json({ method: body === undefined ? "GET" : "POST", url: `${url}${path}`, headers, ...(body === undefined ? {} : { body }) });
  };
  /** Below the address, whether it came as a path or as the next page's whole address. */
  const pathOf = (said: string): string => (said.startsWith(url) ? said.slice(url.length) : said.startsWith("/") ? said : `/${said}`);
  return {
    tenant,
    edition: "5.1",
    cmdlet: async (CmdletName, given) => {
      const Parameters = Object.fromEntries(Object.entries(given).map(([name, value]) => [name, marked(value)]));
      const body = JSON.stringify({ CmdletInput: { CmdletName, Parameters } });
      const rows: Readonly<Record<string, unknown>>[] = [];
      // The module reads a long list to its end by itself.
      for (let next: string | undefined = `/adminapi/beta/${tenant}/InvokeCommand`; next !== undefined; ) {
        const page = rowsShape.parse(await ask(EXCHANGE, pathOf(next), body));
        rows.push(...page.value);
        next = page["@odata.nextLink"];
      }
      return rows.map(asObject);
    },
    graph: (path) => ask(GRAPH, pathOf(path)),
  };
}
