/** Queries as lines of a script. DNS is public and never in a script: we ask it ourselves, and believe nobody else about it. */
import type { Call } from "../call";
import type { Asked } from "../noun";
import { factsOf } from "../nouns";
import { type Ask, type Each, kindsIn, nameOf, type Queries, type Query } from "../query";
import { graphAskOf } from "./graph";
import { printed, quoted, quotedList } from "./literal";

/** Every call it takes to read all objects of a kind. */
export const readsOf = (asked: Asked): readonly Call[] =>
  asked.cloud === "exchange" ? [asked.parameters, ...(asked.also ?? [])].map((parameters) => ({ cmdlet: asked.cmdlet, parameters })) : [];

const keep = (name: string, properties: readonly string[], what: string) => `Keep ${name} ${quotedList(properties)} { ${what} }`;

function askLine(q: Ask): readonly string[] {
  const { asked } = factsOf(q.kind);
  const graph = graphAskOf(asked);
  if (graph)
    return [
      keep(quoted(nameOf(q)), graph.properties, `Graph ${quoted(graph.path[0] + (q.of ? encodeURIComponent(q.of) : "") + graph.path[1])}`),
    ];
  if (asked.cloud !== "exchange") return [];
  return [
    keep(
      quoted(nameOf(q)),
      asked.select,
      readsOf(asked)
        .map((call) => `${printed(call)} -ErrorAction Stop`)
        .join("; "),
    ),
  ];
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

export const asksExchange = (queries: Questions): boolean =>
  Object.values<Query>(queries)
    .flatMap(kindsIn)
    .some((kind) => factsOf(kind).asked.cloud === "exchange");
