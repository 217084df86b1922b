/** From the MX records that are there to those that should be: one batch that changes in place what it can. A pure function. */

export type MxRecord = {
  readonly id: string;
  readonly type: "MX";
  readonly name: string;
  readonly content: string;
  readonly priority: number;
  /** Seconds; 1 is Auto. */
  readonly ttl: number;
};
export type Batch = {
  readonly deletes: readonly { readonly id: string }[];
  readonly patches: readonly MxRecord[];
  readonly posts: readonly Omit<MxRecord, "id">[];
};

/** TTL 1 is "Auto"; name servers answer with five minutes then (Cloudflare's DNS reference). */
const AUTO = 1;
const AUTO_SECONDS = 300;
export const secondsOf = (ttl: number): number => (ttl === AUTO ? AUTO_SECONDS : ttl);

/** Lower case, without the last dot; the null MX (RFC 7505) is the dot alone. */
export const hostName = (content: string): string => {
  const bare = content.trim().toLowerCase().replace(/\.$/, "");
  return bare === "" ? "." : bare;
};
export const written = ({ priority, content }: Pick<MxRecord, "priority" | "content">): string => `${priority} ${hostName(content)}`;

type Host = Pick<MxRecord, "priority" | "content">;
/** `10 mx.example.com` */
export function hostOf(text: string): Host | null {
  const [, priority, content] = /^(\d{1,5}) (\S+)$/.exec(text) ?? [];
  return priority === undefined || content === undefined ? null : { priority: Number(priority), content: hostName(content) };
}

const longest = (records: readonly MxRecord[]): number | undefined =>
  [...records].sort((a, b) => secondsOf(b.ttl) - secondsOf(a.ttl))[0]?.ttl;

/**
 * `ttl`: the one to set, in seconds; undefined keeps what each record has, Auto included.
 * Batches run deletes, patches, posts, and a host that stands twice is refused: so a record whose host stays is the one that is patched.
 */
export function batchOf(name: string, old: readonly MxRecord[], wanted: readonly Host[], ttl?: number): Batch {
  const spelled = new Set(wanted.map(written));
  const staying = old.filter((record) => spelled.has(written(record)));
  const held = new Set(staying.map(written));
  let leaving = old.filter((record) => !spelled.has(written(record)));
  let coming = wanted.filter((host) => !held.has(written(host)));
  const patches: MxRecord[] = ttl === undefined ? [] : staying.filter((r) => r.ttl !== ttl).map((r) => ({ ...r, ttl }));
  const take = (isFit: (record: MxRecord, host: Host) => boolean) => {
    for (const host of coming) {
      const record = leaving.find((one) => isFit(one, host));
      if (record === undefined) continue;
      patches.push({ ...record, ...host, ttl: ttl ?? record.ttl });
      leaving = leaving.filter((one) => one !== record);
      coming = coming.filter((one) => one !== host);
    }
  };
  take((record, host) => hostName(record.content) === host.content);
  take(() => true);
  const fresh = ttl ?? longest(old) ?? AUTO;
  return {
    deletes: leaving.map(({ id }) => ({ id })),
    patches,
    posts: coming.map((host) => ({ type: "MX", name, ...host, ttl: fresh })),
  };
}
