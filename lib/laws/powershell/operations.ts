/** Operations of PowerShell on values: operators, members, methods, types. What is not known here throws. */
import type { Host } from "./commands";
import { contains, isEqual, isRow, isTrue, Table, textOf } from "./values";

type Operator = (left: unknown, right: unknown) => unknown;

const typeTests: Readonly<Record<string, (value: unknown) => boolean>> = {
  bool: (v) => typeof v === "boolean",
  string: (v) => typeof v === "string",
  "collections.ienumerable": (v) => Array.isArray(v) || typeof v === "string" || v instanceof Table,
  "management.automation.pscustomobject": (v) => isRow(v),
};

export function isOfType(value: unknown, type: string): boolean {
  const test = typeTests[type.toLowerCase()];
  if (!test) throw new Error(`the type [${type}] is not known here`);
  return test(value);
}

const pattern = (text: unknown) => new RegExp(textOf(text), "i");

export const operators: Readonly<Record<string, Operator>> = {
  "-eq": isEqual,
  "-ne": (a, b) => !isEqual(a, b),
  "-contains": contains,
  "-notcontains": (a, b) => !contains(a, b),
  "-match": (a, b) => pattern(b).test(textOf(a)),
  "-notmatch": (a, b) => !pattern(b).test(textOf(a)),
  "-replace": (a, b) => (Array.isArray(b) ? textOf(a).replace(new RegExp(textOf(b[0]), "gi"), textOf(b[1])) : textOf(a)),
};

/** A string or list on the left decides; everything else is not used by our scripts. */
export function added(left: unknown, right: unknown): unknown {
  if (Array.isArray(left)) return [...left, ...(Array.isArray(right) ? right : [right])];
  if (typeof left === "string") return left + textOf(right);
  if (typeof left === "number") return left + Number(right);
  throw new Error("only numbers, text and lists are added here");
}

export function memberOf(target: unknown, name: string): unknown {
  if (target === null || target === undefined) return null;
  if (target instanceof Table) return target.has(name) || name.toLowerCase() !== "count" ? target.get(name) : target.entries().length;
  if (Array.isArray(target)) {
    if (/^(count|length)$/i.test(name)) return target.length;
    throw new Error(`.${name} of a list: PowerShell would collect it from every entry`);
  }
  if (!isRow(target)) return null;
  const key = Object.keys(target).find((k) => k.toLowerCase() === name.toLowerCase());
  return key === undefined ? null : target[key];
}

export function elementOf(target: unknown, index: unknown): unknown {
  if (target instanceof Table) return target.get(textOf(index));
  if (Array.isArray(target)) return target[Number(index)] ?? null;
  throw new Error("only tables and lists have elements here");
}

export function methodOf(target: unknown, name: string, args: readonly unknown[]): unknown {
  const method = name.toLowerCase();
  if (target instanceof Table && method === "containskey") return target.has(textOf(args[0]));
  if (typeof target === "string" && method === "tolowerinvariant") return target.toLowerCase();
  if (target instanceof Date && method === "tostring" && args[0] === "o") return target.toISOString();
  if (target instanceof Date && method === "tostring" && args[0] === "u") return `${target.toISOString().slice(0, 19).replace("T", " ")}Z`;
  if (target === null || target === undefined) throw new Error("You cannot call a method on a null-valued expression.");
  throw new Error(`the method .${name}() is not known here`);
}

/** @returns undefined where the method gives nothing back. */
export function staticMethodOf(type: string, name: string, args: readonly unknown[], host: Host): unknown {
  const [first, second, third] = args;
  switch (`${type}::${name}`.toLowerCase()) {
    case "uri::escapedatastring":
      return encodeURIComponent(textOf(first));
    case "io.file::writealltext":
      host.write(textOf(first), (isTrue(isRow(third) ? third["hasMark"] : true) ? "\ufeff" : "") + textOf(second));
      return undefined;
    default:
      throw new Error(`[${type}]::${name}() is not known here`);
  }
}

export function staticOf(type: string, name: string, host: Host): unknown {
  if (`${type}::${name}`.toLowerCase() === "datetime::utcnow") return new Date(host.now());
  throw new Error(`[${type}]::${name} is not known here`);
}

export function castTo(type: string, value: unknown): unknown {
  if (type.toLowerCase() === "char") return String.fromCharCode(Number(value));
  throw new Error(`a cast to [${type}] is not known here`);
}
