/** The commands that a script finds on the admin's machine, and the way out to the tenant for all others. */
import { memberOf } from "./operations";
import { type Edition, isTrue, jsonOf, Table, Thrown, textOf } from "./values";

/** What is outside the script: a tenant to talk to, a clock, a disk. */
export type Host = {
  readonly tenant: string;
  readonly edition: Edition;
  /** ms since 1970. */
  now(): number;
  /** A cmdlet of Exchange. Rejects with the service's words. */
  cmdlet(name: string, parameters: Readonly<Record<string, unknown>>): Promise<readonly unknown[]>;
  /** One page of Microsoft Graph, by its path. */
  graph(path: string): Promise<unknown>;
  write(file: string, content: string): void;
  /** What the script tells the person who runs it. */
  say(text: string): void;
  /** What the person answers. */
  answer(question: string): string;
};

export type Arguments = { readonly named: ReadonlyMap<string, unknown>; readonly plain: readonly unknown[] };
/** Parameters are named without regard to case. */
const given = (a: Arguments, name: string): unknown => [...a.named].find(([parameter]) => parameter.toLowerCase() === name)?.[1];

type Builtin = (a: Arguments, host: Host, input: readonly unknown[]) => readonly unknown[] | Promise<readonly unknown[]>;

const COMMON = new Set(["erroraction", "warningaction", "verbose"]);

/** Tables become objects, so that they can be sent. */
function plain(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(plain);
  return value instanceof Table ? Object.fromEntries(value.entries().map(([key, held]) => [key, plain(held)])) : value;
}

/** Groups by what the properties say as text, without regard to case, in the order in which they first come. */
function groupsOf(rows: readonly unknown[], properties: readonly unknown[]): readonly unknown[] {
  const groups = new Map<string, unknown[]>();
  for (const row of rows) {
    const key = JSON.stringify(properties.map((property) => textOf(memberOf(row, textOf(property))).toLowerCase()));
    const group = groups.get(key) ?? [];
    group.push(row);
    groups.set(key, group);
  }
  return [...groups.values()].map((Group) => ({ Count: Group.length, Group }));
}

const builtins: Readonly<Record<string, Builtin>> = {
  "set-executionpolicy": () => [],
  "get-module": () => [],
  "install-module": () => [],
  "import-module": () => [],
  "connect-exchangeonline": () => [],
  "disconnect-exchangeonline": () => [],
  "connect-mggraph": () => [],
  "get-connectioninformation": (_, host) => [{ TenantID: host.tenant }],
  "get-mgcontext": (_, host) => [{ TenantId: host.tenant }],
  "write-host": ({ plain: said }, host) => {
    host.say(said.map(textOf).join(" "));
    return [];
  },
  "read-host": ({ plain: asked }, host) => [host.answer(asked.map(textOf).join(" "))],
  "join-path": ({ plain: parts }) => [parts.map(textOf).join("\\")],
  "new-object": ({ plain: [type, bom] }) => {
    if (textOf(type) !== "System.Text.UTF8Encoding") throw new Error(`New-Object ${textOf(type)} is not known here`);
    return [{ hasMark: isTrue(bom) }];
  },
  "group-object": (a, _, input) => {
    const by = given(a, "property");
    return groupsOf(input, Array.isArray(by) ? by : [by]);
  },
  "convertto-json": (a, host, input) => {
    if (Number(given(a, "depth") ?? 2) < 4) throw new Error("-Depth is too small: PowerShell would cut the answers off");
    return input.map((value) => jsonOf(value, host.edition));
  },
  "invoke-mggraphrequest": async (a, host) => [await host.graph(textOf(given(a, "uri")))],
};

/** An error that does not stop the script is an empty answer: the trap that $ErrorActionPreference = 'Stop' is there for. */
export async function call(name: string, a: Arguments, host: Host, input: readonly unknown[], stops: boolean): Promise<readonly unknown[]> {
  const builtin = builtins[name.toLowerCase()];
  if (builtin) return builtin(a, host, input);
  if (a.plain.length > 0) throw new Error(`${name} was given a value without a name`);
  const named = [...a.named].filter(([parameter]) => !COMMON.has(parameter.toLowerCase()));
  try {
    return await host.cmdlet(name, Object.fromEntries(named.map(([parameter, value]) => [parameter, plain(value)])));
  } catch (e) {
    const isStop = stops || textOf(given(a, "erroraction")).toLowerCase() === "stop";
    if (!(e instanceof Thrown)) throw e;
    if (isStop) throw e;
    return [];
  }
}
