/** Rows of message trace in groups: by reason, sender's domain and address range. Adding is in any order the same, and takes the same room. */
import type { TraceRow } from "./trace";
import { type Judge, LEFT_OUT, type LeftOut, type Reason } from "./trace-reasons";

/** How many of each are told by name. */
const FEW = 5;
const SAMPLES = 3;

/** The first few by name with their counts, exactly: one that fell out had enough before it for ever, so none comes back with half of its count. */
export type Tally = { readonly few: Readonly<Record<string, number>>; readonly isMore: boolean };
export type Sample = { readonly id: string; readonly recipient: string; readonly at: number };

export type Group = {
  readonly key: string;
  readonly reason: Reason;
  readonly because: string;
  /** "" for bounces; "*" in the group that takes what there is no room for. */
  readonly senderDomain: string;
  readonly range: string;
  readonly count: number;
  /** Of these, what reached a mailbox; the others were held back as spam or worse. */
  readonly delivered: number;
  readonly first: number;
  readonly last: number;
  readonly senders: Tally;
  readonly recipients: Tally;
  readonly addresses: Tally;
  /** The newest. */
  readonly samples: readonly Sample[];
};

export type Counts = Readonly<Record<LeftOut | "grouped", number>>;
export const noCounts: Counts = { vendor: 0, internal: 0, outbound: 0, before: 0, refused: 0, grouped: 0 };
export const addCounts = (a: Counts, b: Counts): Counts => ({
  ...a,
  ...Object.fromEntries([...LEFT_OUT, "grouped" as const].map((name) => [name, a[name] + b[name]])),
});

export type Grouped = { readonly groups: ReadonlyMap<string, Group>; readonly counts: Counts };

function tallied(counts: ReadonlyMap<string, number>, isMore: boolean): Tally {
  const names = [...counts.keys()].sort();
  return {
    few: Object.fromEntries(names.slice(0, FEW).map((name) => [name, counts.get(name) ?? 0])),
    isMore: isMore || names.length > FEW,
  };
}

function together(a: Tally, b: Tally): Tally {
  const counts = new Map(Object.entries(a.few));
  for (const [name, n] of Object.entries(b.few)) counts.set(name, (counts.get(name) ?? 0) + n);
  return tallied(counts, a.isMore || b.isMore);
}

const newest = (samples: readonly Sample[]): readonly Sample[] =>
  [...samples].sort((a, b) => b.at - a.at || (`${a.id} ${a.recipient}` < `${b.id} ${b.recipient}` ? -1 : 1)).slice(0, SAMPLES);

/** Two parts of one group. */
export const merged = (a: Group, b: Group): Group => ({
  ...a,
  count: a.count + b.count,
  delivered: a.delivered + b.delivered,
  first: Math.min(a.first, b.first),
  last: Math.max(a.last, b.last),
  senders: together(a.senders, b.senders),
  recipients: together(a.recipients, b.recipients),
  addresses: together(a.addresses, b.addresses),
  samples: newest([...a.samples, ...b.samples]),
});

export const keyOf = (group: Pick<Group, "reason" | "because" | "senderDomain" | "range">): string =>
  JSON.stringify([group.reason, group.because, group.senderDomain, group.range]);

/** What of a group is named, counted while a page is read. */
type Open = Pick<Group, "key" | "reason" | "because" | "senderDomain" | "range"> & {
  count: number;
  delivered: number;
  first: number;
  last: number;
  readonly senders: Map<string, number>;
  readonly recipients: Map<string, number>;
  readonly addresses: Map<string, number>;
  samples: readonly Sample[];
};

const plusOne = (counts: Map<string, number>, name: string): void => void counts.set(name, (counts.get(name) ?? 0) + 1);
const isDelivered = (status: string): boolean => status === "Delivered" || status === "Expanded" || status === "Resolved";

function count(open: Open, row: TraceRow, address: string): void {
  open.count += 1;
  if (isDelivered(row.status)) open.delivered += 1;
  open.first = Math.min(open.first, row.at);
  open.last = Math.max(open.last, row.at);
  plusOne(open.senders, row.sender);
  plusOne(open.recipients, row.recipient);
  plusOne(open.addresses, address);
  open.samples = newest([...open.samples, { id: row.id, recipient: row.recipient, at: row.at }]);
}

function begin(judged: Pick<Group, "reason" | "because" | "senderDomain" | "range">, at: number): Open {
  const { reason, because, senderDomain, range } = judged;
  const names = { senders: new Map(), recipients: new Map(), addresses: new Map() };
  return { key: keyOf(judged), reason, because, senderDomain, range, count: 0, delivered: 0, first: at, last: at, ...names, samples: [] };
}

/** One page's rows, each counted once. */
export function grouped(rows: readonly TraceRow[], judge: Judge): Grouped {
  const open = new Map<string, Open>();
  const counts: Record<LeftOut | "grouped", number> = { ...noCounts };
  for (const row of rows) {
    const judged = judge(row);
    if ("out" in judged) {
      counts[judged.out] += 1;
      continue;
    }
    counts.grouped += 1;
    const key = keyOf(judged);
    const group = open.get(key) ?? begin(judged, row.at);
    open.set(key, group);
    count(group, row, judged.address);
  }
  const closed = [...open].map(([key, { senders, recipients, addresses, ...rest }]) => {
    const tallies = { senders: tallied(senders, false), recipients: tallied(recipients, false), addresses: tallied(addresses, false) };
    return [key, { ...rest, ...tallies }] as const;
  });
  return { groups: new Map(closed), counts };
}

/** Where a group goes when its reason has no room for another: counted, and no longer told apart. */
export const crowdOf = (group: Group): Group => {
  const crowd = { ...group, because: "", senderDomain: "*", range: "*" };
  return { ...crowd, key: keyOf(crowd) };
};
