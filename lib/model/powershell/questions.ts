/** Queries as lines of a script. DNS is public and never in a script: we ask it ourselves, and believe nobody else about it. */
import type { Call } from "../call";
import type { Asked } from "../noun";
import { factsOf } from "../nouns";
import { type Ask, type Each, kindsIn, nameOf, type Queries, type Query } from "../query";
import { graphAskOf, graphPath } from "./graph";
import { printed, quoted, quotedList } from "./literal";

type OfExchange = Extract<Asked, { readonly cloud: "exchange" }>;

/** Every call it takes to read all objects of a kind. */
export const readsOf = (asked: Asked): readonly Call[] =>
  asked.cloud === "exchange" ? [asked.parameters, ...(asked.also ?? [])].map((parameters) => ({ cmdlet: asked.cmdlet, parameters })) : [];

const keep = (name: string, properties: readonly string[], what: string) => `Keep ${name} ${quotedList(properties)} { ${what} }`;

const certain = (call: Call): string => `${printed(call)} -ErrorAction Stop`;

/** `$identity` is set by the function that runs this: the list's own address. */
const membersOf = (cmdlet: string): string => `${cmdlet} -Identity $identity -ResultSize Unlimited -ErrorAction Stop`;

/** Properties that are read of a kind: those selected, and those put together from another cmdlet. */
export const propertiesOf = (asked: OfExchange): readonly string[] => [...asked.select, ...(asked.members ? ["Members"] : [])];

/** Reads one object of a kind that is asked by its name or address. */
export function oneOf(asked: OfExchange, of: string): string {
  const ask = `{ ${certain({ cmdlet: asked.cmdlet, parameters: { ...asked.parameters, Identity: of } })} }`;
  return asked.members ? `Listed ${quotedList(asked.select)} ${ask} { ${membersOf(asked.members)} }` : `One ${ask}`;
}

function exchangeLine(q: Ask, asked: OfExchange): readonly string[] {
  const of = q.of.trim();
  // Without an identity the answer would be every object there is.
  if (asked.isOfOne && of === "") return [];
  const what = asked.isOfOne ? oneOf(asked, of) : readsOf(asked).map(certain).join("; ");
  return [keep(quoted(nameOf(q)), propertiesOf(asked), what)];
}

function askLine(q: Ask): readonly string[] {
  const { asked } = factsOf(q.kind);
  const graph = graphAskOf(asked);
  if (graph) {
    return [keep(quoted(nameOf(q)), graph.properties, `${graph.read ?? "Graph"} ${quoted(graphPath(graph, q.of))}`)];
  }
  return asked.cloud === "exchange" ? exchangeLine(q, asked) : [];
}

/** Only questions of Microsoft Graph are asked row by row in a script. */
function eachLine({ rows, kind }: Each): readonly string[] {
  if (rows.form !== "ask") return [];
  const outer = graphAskOf(factsOf(rows.kind).asked);
  const inner = graphAskOf(factsOf(kind).asked);
  if (!outer || !inner) return [];
  const [before, after] = inner.path.map((part) => quoted(part));
  const path = `Graph (${before} + [Uri]::EscapeDataString($each.${outer.key}) + ${after})`;
  return [
    `foreach ($each in $answers[${quoted(nameOf(rows))}].value) { ${keep(`(${quoted(`${kind}/`)} + $each.${outer.key}.ToLowerInvariant())`, inner.properties, path)} }`,
  ];
}

function linesOf(q: Query): readonly string[] {
  if (q.form === "ask") return askLine(q);
  if (q.form === "past") return askLine(q.ask);
  if (q.form === "per") return Object.values(q.asks).flatMap(linesOf);
  return [...linesOf(q.rows), ...eachLine(q)];
}

export type Questions = Queries | readonly Ask[];

/** Each question once, in the order of the queries. */
export const questionLines = (queries: Questions): readonly string[] => [...new Set(Object.values<Query>(queries).flatMap(linesOf))];

/** The delegated permissions that the person consents to for the questions of Microsoft Graph; none when there are none. */
export const graphScopes = (queries: Questions): readonly string[] => [
  ...new Set(
    Object.values<Query>(queries)
      .flatMap(kindsIn)
      .map(factsOf)
      .flatMap((facts) => (graphAskOf(facts.asked) ? [facts.permission] : [])),
  ),
];

const asksFor = (queries: Questions, isSo: (asked: Asked) => boolean): boolean =>
  Object.values<Query>(queries)
    .flatMap(kindsIn)
    .some((kind) => isSo(factsOf(kind).asked));

export const asksExchange = (queries: Questions): boolean => asksFor(queries, (asked) => asked.cloud === "exchange");
export const asksOfOne = (queries: Questions): boolean => asksFor(queries, (asked) => asked.cloud === "exchange" && asked.isOfOne === true);
export const asksWith = (queries: Questions, read: string): boolean => asksFor(queries, (asked) => graphAskOf(asked)?.read === read);
