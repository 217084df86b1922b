/** Names in PowerShell: a block sees what its caller sees, and what it sets stays its own. */
import type { Tree } from "./tree";

export type Fn = { readonly parameters: readonly string[]; readonly body: readonly Tree[] };

export class Scope {
  readonly #values = new Map<string, unknown>();
  readonly #functions: Map<string, Fn>;
  constructor(readonly parent: Scope | null = null) {
    this.#functions = parent ? parent.#functions : new Map();
  }
  get(name: string): unknown {
    const key = name.toLowerCase();
    return this.#values.has(key) ? this.#values.get(key) : (this.parent?.get(key) ?? null);
  }
  set(name: string, value: unknown): void {
    this.#values.set(name.toLowerCase(), value);
  }
  define(name: string, fn: Fn): void {
    this.#functions.set(name.toLowerCase(), fn);
  }
  fn(name: string): Fn | undefined {
    return this.#functions.get(name.toLowerCase());
  }
}

/** A block in braces, to be run with `&`. */
export class Block {
  constructor(readonly body: readonly Tree[]) {}
}

export class Return extends Error {
  constructor(readonly output: readonly unknown[]) {
    super("return");
  }
}
export class Continue extends Error {}
