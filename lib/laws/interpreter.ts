/** Runs a printed script as it is written, from the tree of a real PowerShell grammar, against a tenant given to it. */
import { type Arguments, call, type Host } from "./powershell/commands";
import { at, Expressions, strange } from "./powershell/expressions";
import { added } from "./powershell/operations";
import { Block, Continue, Return, Scope } from "./powershell/scope";
import { parse, type Tree } from "./powershell/tree";
import { isTrue, Table, Thrown, textOf, unrolled } from "./powershell/values";

export type { Host } from "./powershell/commands";

class Machine extends Expressions {
  /** Runs statements and collects what they put out. */
  override async run(nodes: readonly Tree[], scope: Scope, out: unknown[]): Promise<void> {
    for (const node of nodes) await this.#statement(node, scope, out);
  }

  async #statement(node: Tree, scope: Scope, out: unknown[]): Promise<void> {
    switch (node.type) {
      case "program":
      case "statement_list":
      case "statement_block":
        return this.run(node.kids, scope, out);
      case "comment":
      case "empty_statement":
        return;
      case "assignment_expression":
        return this.#assign(node, scope);
      case "if_statement":
        return this.#if(node, scope, out);
      case "foreach_statement":
        return this.#foreach(node, scope, out);
      case "while_statement":
        return this.#while(node, scope, out);
      case "try_statement":
        return this.#try(node, scope, out);
      case "function_statement":
        return this.#define(node, scope);
      case "flow_control_statement":
        return this.#flow(node, scope);
      default:
        return this.#emit(node, scope, out);
    }
  }

  /** An expression standing alone puts its value out; a list puts out its entries. */
  async #emit(node: Tree, scope: Scope, out: unknown[]): Promise<void> {
    const output = await this.output(node, scope);
    if (output) {
      out.push(...output);
      return;
    }
    const value = await this.value(node, scope);
    if (Array.isArray(value)) out.push(...value);
    else if (value !== undefined) out.push(value);
  }

  /** What a command or pipeline puts out; null when the node is neither. */
  protected override async output(node: Tree, scope: Scope): Promise<readonly unknown[] | null> {
    if (node.type === "command" || node.type === "command_name") return this.#command(node, scope, []);
    if (node.type === "pipeline_chain") return this.#pipe(node, scope);
    if (!node.type.endsWith("_statement")) return null;
    const out: unknown[] = [];
    await this.#statement(node, scope, out);
    return out;
  }

  async #pipe(node: Tree, scope: Scope): Promise<readonly unknown[]> {
    const input: unknown[] = [];
    await this.#emit(at(node, 0), scope, input);
    let flowing: readonly unknown[] = input;
    for (const next of node.kids.slice(1)) flowing = await this.#command(next, scope, flowing);
    return flowing;
  }

  async #command(node: Tree, scope: Scope, input: readonly unknown[]): Promise<readonly unknown[]> {
    const kids = node.kids[0]?.type === "command_invokation_operator" ? node.kids.slice(1) : node.kids;
    const [head = node, ...rest] = kids;
    const args = await this.#arguments(
      rest.flatMap((kid) => (kid.type === "command_elements" ? kid.kids : [kid])),
      scope,
    );
    if (head.type !== "command_name") return this.#block(await this.value(head, scope), scope);
    if (head.text.toLowerCase() === "where-object") return this.#where(args.plain[0], scope, input);
    const fn = scope.fn(head.text);
    if (!fn) return call(head.text, args, this.host, input, textOf(scope.get("ErrorActionPreference")).toLowerCase() === "stop");
    const inner = new Scope(scope);
    fn.parameters.forEach((name, i) => {
      inner.set(name, args.plain[i] ?? null);
    });
    return this.#body(fn.body, inner);
  }

  async #where(block: unknown, scope: Scope, input: readonly unknown[]): Promise<readonly unknown[]> {
    const kept: unknown[] = [];
    for (const item of input) {
      const inner = new Scope(scope);
      inner.set("_", item);
      if (isTrue(unrolled(await this.#block(block, inner)))) kept.push(item);
    }
    return kept;
  }

  async #block(block: unknown, scope: Scope): Promise<readonly unknown[]> {
    if (!(block instanceof Block)) throw new Error("& was given something that is not a block");
    return this.#body(block.body, new Scope(scope));
  }

  async #body(body: readonly Tree[], scope: Scope): Promise<readonly unknown[]> {
    const out: unknown[] = [];
    try {
      await this.run(body, scope, out);
    } catch (e) {
      if (!(e instanceof Return)) throw e;
      out.push(...e.output);
    }
    return out;
  }

  async #arguments(nodes: readonly Tree[], scope: Scope): Promise<Arguments> {
    const named = new Map<string, unknown>();
    const plain: unknown[] = [];
    let open = "";
    for (const node of nodes) {
      if (node.type === "command_parameter") {
        open = node.text.replace(/^-|:$/g, "");
        named.set(open, true);
        continue;
      }
      const value = node.type === "generic_token" ? node.text : await this.value(node, scope);
      if (open) named.set(open, value);
      else plain.push(value);
      open = "";
    }
    return { named, plain };
  }

  async #assign(node: Tree, scope: Scope): Promise<void> {
    const target = at(node, 0);
    const given = await this.value(at(node, 2), scope);
    const value = at(node, 1).text === "+=" ? added(await this.value(target, scope), given) : (given ?? null);
    if (target.type === "variable") return scope.set(target.text.slice(1), value);
    if (target.type !== "element_access") throw strange(target);
    const table = await this.value(at(target, 0), scope);
    if (!(table instanceof Table)) throw strange(target);
    table.set(textOf(await this.value(at(target, 1), scope)), value);
  }

  async #if(node: Tree, scope: Scope, out: unknown[]): Promise<void> {
    if (isTrue(await this.value(at(node, 0), scope))) return this.#statement(at(node, 1), scope, out);
    for (const clause of node.kids.slice(2).flatMap((kid) => (kid.type === "elseif_clauses" ? kid.kids : [kid]))) {
      if (clause.type === "else_clause") return this.#statement(at(clause, 0), scope, out);
      if (isTrue(await this.value(at(clause, 0), scope))) return this.#statement(at(clause, 1), scope, out);
    }
  }

  async #foreach(node: Tree, scope: Scope, out: unknown[]): Promise<void> {
    const list = await this.value(at(node, 1), scope);
    for (const item of Array.isArray(list) ? list : list === null || list === undefined ? [] : [list]) {
      scope.set(at(node, 0).text.slice(1), item);
      try {
        await this.#statement(at(node, 2), scope, out);
      } catch (e) {
        if (!(e instanceof Continue)) throw e;
      }
    }
  }

  async #while(node: Tree, scope: Scope, out: unknown[]): Promise<void> {
    for (let turn = 0; isTrue(await this.value(at(node, 0), scope)); turn++) {
      if (turn > 1000) throw new Error("a loop without an end");
      await this.#statement(at(node, 1), scope, out);
    }
  }

  async #try(node: Tree, scope: Scope, out: unknown[]): Promise<void> {
    try {
      await this.#statement(at(node, 0), scope, out);
    } catch (e) {
      if (!(e instanceof Thrown)) throw e;
      scope.set("_", e);
      await this.#statement(at(at(node, 1), 0), scope, out);
    }
  }

  #define(node: Tree, scope: Scope): void {
    const [name, ...rest] = node.kids;
    if (!name) throw strange(node);
    const isHead = (kid: Tree) => kid.type === "function_parameter_declaration";
    const variables = (tree: Tree): readonly string[] => (tree.type === "variable" ? [tree.text.slice(1)] : tree.kids.flatMap(variables));
    scope.define(name.text, { parameters: rest.filter(isHead).flatMap(variables), body: rest.filter((kid) => !isHead(kid)) });
  }

  async #flow(node: Tree, scope: Scope): Promise<never> {
    const [word = ""] = node.marks;
    const given = node.kids[0];
    if (word === "continue") throw new Continue();
    if (word === "throw") {
      const said = given ? await this.value(given, scope) : scope.get("_");
      throw said instanceof Thrown ? said : new Thrown(textOf(said));
    }
    if (word !== "return") throw strange(node);
    const out: unknown[] = [];
    if (given) await this.#emit(given, scope, out);
    throw new Return(out);
  }
}

/** @returns the words the script stopped with, or null when it went through. A construct that is not known here throws. */
export async function execute(script: string, host: Host): Promise<string | null> {
  const tree = await parse(script);
  try {
    await new Machine(host).run([tree], new Scope(), []);
    return null;
  } catch (e) {
    if (e instanceof Thrown) return e.message;
    throw e;
  }
}
