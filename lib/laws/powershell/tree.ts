/** A script as a tree, by the PowerShell grammar that editors use: what is run is what is written, not what our printer meant. */
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { Language, type Node, Parser } from "web-tree-sitter";

export type Tree = {
  readonly type: string;
  readonly text: string;
  /** Where it begins, relative to its parent's beginning. */
  readonly from: number;
  readonly kids: readonly Tree[];
  /** The unnamed pieces between them: brackets, keywords, operators. */
  readonly marks: readonly string[];
};

const grammar = join(
  dirname(createRequire(import.meta.url).resolve("@vscode/tree-sitter-wasm/package.json")),
  "wasm/tree-sitter-powershell.wasm",
);

async function load(): Promise<Parser> {
  await Parser.init();
  const parser = new Parser();
  parser.setLanguage(await Language.load(grammar));
  return parser;
}
const loaded = load();

/** Every script brings the same functions along: they are turned into a tree once. */
const functions = new Map<string, Tree>();

/** A node that only wraps another is that other, but for text with a value in it: the grammar has fifteen levels of expressions. */
function treeOf(node: Node, parentFrom: number): Tree {
  const children = node.children.filter((c): c is Node => c !== null);
  const [only] = children;
  if (only?.isNamed && children.length === 1 && node.type !== "expandable_string_literal") return treeOf(only, parentFrom);
  const text = node.text;
  const held = node.type === "function_statement" ? functions.get(text) : undefined;
  if (held) return held;
  const named = children.filter((c) => c.isNamed && c.type !== "command_argument_sep" && c.type !== "comment");
  const tree: Tree = {
    type: node.type,
    text,
    from: node.startIndex - parentFrom,
    kids: named.map((c) => treeOf(c, node.startIndex)),
    marks: children.filter((c) => !c.isNamed).map((c) => c.text),
  };
  if (node.type === "function_statement") functions.set(text, tree);
  return tree;
}

/** @throws when the script has a syntax error. */
export async function parse(script: string): Promise<Tree> {
  const parser = await loaded;
  const tree = parser.parse(script);
  if (!tree) throw new Error("the grammar gave no tree");
  try {
    if (tree.rootNode.hasError) throw new Error(`the script does not parse:\n${script}`);
    return treeOf(tree.rootNode, 0);
  } finally {
    tree.delete();
  }
}
