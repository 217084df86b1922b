/** Expressions of PowerShell: what a piece of the tree is worth. Commands and statements are the interpreter's. */
import type { Host } from "./commands";
import { added, castTo, elementOf, isOfType, memberOf, methodOf, operators, staticMethodOf, staticOf } from "./operations";
import { Block, type Scope } from "./scope";
import type { Tree } from "./tree";
import { isTrue, Table, textOf, unrolled } from "./values";

/** Of two quotes in a row, straight or curly, the second is text. */
const unquoted = (text: string) => text.slice(1, -1).replace(/['\u2018-\u201b](['\u2018-\u201b])/g, "$1");
const typeName = (node: Tree) => node.text.slice(1, -1);
export const strange = (node: Tree): Error => new Error(`${node.type} is not known here: ${node.text}`);
export const at = (node: Tree, index: number): Tree => {
  const kid = node.kids[index];
  if (!kid) throw strange(node);
  return kid;
};

export abstract class Expressions {
  constructor(protected readonly host: Host) {}

  /** Runs statements and collects what they put out. */
  abstract run(nodes: readonly Tree[], scope: Scope, out: unknown[]): Promise<void>;
  /** What a command or pipeline puts out; null when the node is neither. */
  protected abstract output(node: Tree, scope: Scope): Promise<readonly unknown[] | null>;

  async value(node: Tree, scope: Scope): Promise<unknown> {
    const output = await this.output(node, scope);
    if (output) return unrolled(output);
    switch (node.type) {
      case "variable":
        return this.#variable(node, scope);
      case "verbatim_string_characters":
        return unquoted(node.text);
      case "expandable_string_literal":
        return this.#expanded(node, scope);
      case "decimal_integer_literal":
      case "hexadecimal_integer_literal":
        return Number(node.text);
      case "parenthesized_expression":
        return this.value(at(node, 0), scope);
      case "sub_expression":
      case "array_expression":
        return this.#collected(node, scope);
      case "array_literal_expression":
        return Promise.all(node.kids.map((kid) => this.value(kid, scope)));
      case "script_block_expression":
        return new Block(node.kids);
      case "hash_literal_expression":
        return this.#table(node, scope);
      default:
        return this.#operation(node, scope);
    }
  }

  async #operation(node: Tree, scope: Scope): Promise<unknown> {
    switch (node.type) {
      case "expression_with_unary_operator":
        if (node.marks[0] !== "-not") throw strange(node);
        return !isTrue(await this.value(at(node, 0), scope));
      case "logical_expression":
        return this.#logical(node, scope);
      case "comparison_expression":
        return this.#compared(node, scope);
      case "additive_expression":
        return added(await this.value(at(node, 0), scope), await this.value(at(node, 1), scope));
      case "cast_expression":
        return castTo(typeName(at(node, 0)), await this.value(at(node, 1), scope));
      case "member_access":
        return this.#member(node, scope);
      case "element_access":
        return elementOf(await this.value(at(node, 0), scope), await this.value(at(node, 1), scope));
      case "invokation_expression":
        return this.#invoke(node, scope);
      default:
        throw strange(node);
    }
  }

  #variable(node: Tree, scope: Scope): unknown {
    const name = node.text.slice(1).toLowerCase();
    if (name === "true" || name === "false") return name === "true";
    if (name === "pwd") return { ProviderPath: "C:\\Users\\admin" };
    return name === "null" ? null : scope.get(name);
  }

  /** Text with values in it. Our scripts write no escapes in such text, so that there is nothing to get wrong. */
  async #expanded(node: Tree, scope: Scope): Promise<string> {
    let text = "";
    let from = 1;
    for (const kid of node.kids) {
      text += node.text.slice(from, kid.from) + textOf(await this.value(kid, scope));
      from = kid.from + kid.text.length;
    }
    text += node.text.slice(from, -1);
    if (/[`"]/.test(node.text.slice(1, -1).replace(/\$\(.*\)/gs, ""))) throw strange(node);
    return text;
  }

  /** `@( … )` is always a list; `$( … )` is what its commands put out. */
  async #collected(node: Tree, scope: Scope): Promise<unknown> {
    const out: unknown[] = [];
    await this.run(node.kids, scope, out);
    return node.type === "array_expression" ? out : unrolled(out);
  }

  async #table(node: Tree, scope: Scope): Promise<Table> {
    const table = new Table();
    for (const entry of node.kids.flatMap((kid) => (kid.type === "hash_literal_body" ? kid.kids : [kid])))
      table.set(at(entry, 0).text, (await this.value(at(entry, 1), scope)) ?? null);
    return table;
  }

  async #logical(node: Tree, scope: Scope): Promise<boolean> {
    const left = isTrue(await this.value(at(node, 0), scope));
    if (node.marks[0] === "-and") return left && isTrue(await this.value(at(node, 1), scope));
    if (node.marks[0] === "-or") return left || isTrue(await this.value(at(node, 1), scope));
    throw strange(node);
  }

  async #compared(node: Tree, scope: Scope): Promise<unknown> {
    const word = at(node, 1).text.toLowerCase();
    const left = await this.value(at(node, 0), scope);
    if (word === "-is" || word === "-isnot") return isOfType(left, typeName(at(node, 2))) === (word === "-is");
    const operator = operators[word];
    if (!operator) throw strange(node);
    return operator(left, await this.value(at(node, 2), scope));
  }

  async #member(node: Tree, scope: Scope): Promise<unknown> {
    const [target, name] = [at(node, 0), at(node, 1)];
    if (target.type === "type_literal") return staticOf(typeName(target), name.text, this.host);
    return memberOf(await this.value(target, scope), name.type === "simple_name" ? name.text : textOf(await this.value(name, scope)));
  }

  async #invoke(node: Tree, scope: Scope): Promise<unknown> {
    const [target, name, list] = [at(node, 0), at(node, 1), at(node, 2)];
    const given = list.kids.flatMap((kid) => (kid.type === "argument_expression_list" ? kid.kids : [kid]));
    const args: unknown[] = [];
    for (const arg of given) args.push(await this.value(arg, scope));
    return target.type === "type_literal"
      ? staticMethodOf(typeName(target), name.text, args, this.host)
      : methodOf(await this.value(target, scope), name.text, args);
  }
}
