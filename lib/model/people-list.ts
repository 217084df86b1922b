/** People picked for a region by a list: what became of each line, and what is picked once it is saved. Pure. */
import { BYTE_ORDER_MARK, csvLine } from "./csv";
import { domainIn, isAddress } from "./mail-address";
import type { Entry } from "./people-list-csv";

export type LineVerdict = "ok" | "not-an-address" | "encoding" | "no-region" | "guest" | "unknown" | "two-regions" | "twice";

export const LINE_WORDS: Readonly<Record<LineVerdict, string>> = {
  ok: "Can be picked",
  "not-an-address": "Not a mail address",
  encoding: "Has signs that can't be read: save the file as UTF-8",
  "no-region": "There is no region of that name here",
  guest: "A guest, or somebody outside: only your own people are journaled",
  unknown: "Not in your directory",
  "two-regions": "In this list for two regions",
  twice: "In this list before",
};

export type JudgedLine = Entry & {
  readonly verdict: LineVerdict;
  /** Id of the region. */
  readonly to: string | null;
};

export type Around = {
  readonly regions: readonly { readonly id: string; readonly title: string }[];
  /** For lines that name none. */
  readonly region: string;
  /** Addresses of everybody; null where the directory can't be read: then nobody is unknown. */
  readonly known: ReadonlySet<string> | null;
};

const unreadable = ({ address, region }: Entry): boolean => `${address}${region ?? ""}`.includes("\uFFFD");

function regionIn({ region }: Entry, around: Around): string | null {
  const said = (region ?? around.region).trim().toLowerCase();
  return around.regions.find(({ id, title }) => id.toLowerCase() === said || title.toLowerCase() === said)?.id ?? null;
}

/** Guests are in no directory of mailboxes; an address of a foreign domain is one of theirs. */
function strangerOf(address: string, known: ReadonlySet<string> | null, domains: ReadonlySet<string>): LineVerdict {
  if (address.includes("#ext#")) return "guest";
  if (known === null || known.has(address)) return "ok";
  return domains.has(domainIn(address)) ? "unknown" : "guest";
}

/** What becomes of each line. Of an address that stands there for two regions, no line counts. */
export function judgeLines(entries: readonly Entry[], around: Around): readonly JudgedLine[] {
  const { known } = around;
  const domains = new Set([...(known ?? [])].map(domainIn));
  const alone = entries.map((entry): JudgedLine => {
    const to = regionIn(entry, around);
    if (unreadable(entry)) return { ...entry, to, verdict: "encoding" };
    if (!isAddress(entry.address) && !entry.address.includes("#ext#")) return { ...entry, to, verdict: "not-an-address" };
    return { ...entry, to, verdict: to === null ? "no-region" : strangerOf(entry.address, known, domains) };
  });
  const regionsOf = new Map<string, Set<string | null>>();
  for (const { address, to, verdict } of alone) if (verdict === "ok") regionsOf.set(address, (regionsOf.get(address) ?? new Set()).add(to));
  const seen = new Set<string>();
  return alone.map((line) => {
    if (line.verdict !== "ok") return line;
    if ((regionsOf.get(line.address)?.size ?? 0) > 1) return { ...line, verdict: "two-regions" };
    if (seen.has(line.address)) return { ...line, verdict: "twice" };
    seen.add(line.address);
    return line;
  });
}

export type People = Readonly<Record<string, readonly string[]>>;

/** Who is picked once these lines are saved. `replace` first empties every region that the list speaks of. Nobody is in two regions. */
export function merged(before: People, lines: readonly JudgedLine[], mode: "add" | "replace", region: string): People {
  const good = lines.flatMap(({ verdict, address, to }) => (verdict === "ok" && to !== null ? [{ address, to }] : []));
  const named = new Set(good.map(({ address }) => address));
  const emptied = mode === "replace" ? new Set([region, ...good.map(({ to }) => to)]) : new Set<string>();
  const regions = [...new Set([...Object.keys(before), region, ...good.map(({ to }) => to)])];
  return Object.fromEntries(
    regions.map((id) => [
      id,
      [
        ...(emptied.has(id) ? [] : (before[id] ?? []).filter((address) => !named.has(address))),
        ...good.filter(({ to }) => to === id).map(({ address }) => address),
      ].sort(),
    ]),
  );
}

/** What a page shows of a list before it is saved. */
export type ListResult = {
  readonly good: number;
  /** The good lines, to be sent back when it is saved: address and region. */
  readonly goodLines: string;
  readonly bad: readonly { readonly line: number; readonly raw: string; readonly say: string }[];
  readonly badCount: number;
  /** Every kind of trouble, with how many lines have it. */
  readonly troubles: readonly { readonly say: string; readonly count: number }[];
  /** All bad lines as a file, up to its bound. */
  readonly badFile: string;
};

const MOST_SHOWN = 100;
const MOST_IN_FILE = 10_000;

export function resultOf(lines: readonly JudgedLine[]): ListResult {
  const good = lines.filter(({ verdict }) => verdict === "ok");
  const bad = lines.filter(({ verdict }) => verdict !== "ok");
  const counts = new Map<LineVerdict, number>();
  for (const { verdict } of bad) counts.set(verdict, (counts.get(verdict) ?? 0) + 1);
  const rows = bad.slice(0, MOST_IN_FILE).map(({ line, raw, verdict }) => csvLine([line, raw, LINE_WORDS[verdict]]));
  return {
    good: good.length,
    goodLines: good.map(({ address, to }) => `${address},${to ?? ""}`).join("\n"),
    bad: bad.slice(0, MOST_SHOWN).map(({ line, raw, verdict }) => ({ line, raw, say: LINE_WORDS[verdict] })),
    badCount: bad.length,
    troubles: [...counts].map(([verdict, count]) => ({ say: LINE_WORDS[verdict], count })).sort((a, b) => b.count - a.count),
    badFile: bad.length === 0 ? "" : `${BYTE_ORDER_MARK}${csvLine(["Line", "As it stands", "What is wrong"])}${rows.join("")}`,
  };
}
