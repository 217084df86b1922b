import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { batchOf, hostOf, type MxRecord, written } from "./mx-batch";

const NAME = "contoso.com";
const record = (text: string, ttl = 3_600): MxRecord => {
  const host = hostOf(text);
  if (host === null) throw new Error(text);
  return { id: `id of ${text}`, type: "MX", name: NAME, ...host, ttl };
};
const hosts = (texts: readonly string[]) => texts.flatMap((text) => hostOf(text) ?? []);

/** In the order that Cloudflare documents; a host that stands twice is refused, as Cloudflare does. */
function applied(old: readonly MxRecord[], { deletes, patches, posts }: ReturnType<typeof batchOf>): readonly MxRecord[] {
  let now = old.filter((one) => !deletes.some(({ id }) => id === one.id));
  const put = (next: readonly MxRecord[]) => {
    if (new Set(next.map((one) => one.content)).size < next.length) throw new Error("81057");
    now = [...next];
  };
  for (const patch of patches) put(now.map((one) => (one.id === patch.id ? patch : one)));
  for (const post of posts) put([...now, { id: `new ${written(post)}`, ...post }]);
  return now;
}

const entry = fc.tuple(fc.constantFrom(5, 10, 20, 50), fc.constantFrom("a.example", "b.example", "c.example", "d.example", "e.example"));
const set = fc.uniqueArray(entry, { selector: ([, host]) => host, maxLength: 5 }).map((all) => all.map((one) => one.join(" ")));

describe("a batch of MX records", () => {
  it("ends with exactly the hosts that were wanted and never passes through a state that Cloudflare refuses", () => {
    fc.assert(
      fc.property(set, set, fc.option(fc.constantFrom(60, 300), { nil: undefined }), (before, after, ttl) => {
        const old = before.map((text) => record(text));
        const now = applied(old, batchOf(NAME, old, hosts(after), ttl));
        expect(now.map(written).sort()).toEqual([...after].sort());
        expect(now.every((one) => one.ttl === (ttl ?? (old.length === 0 ? 1 : 3_600)))).toBe(true);
      }),
    );
  });

  it("changes records in place and adds or deletes only the difference in number", () => {
    fc.assert(
      fc.property(set, set, (before, after) => {
        const old = before.map((text) => record(text));
        const { deletes, posts } = batchOf(NAME, old, hosts(after));
        expect(deletes.length).toBe(Math.max(0, before.length - after.length));
        expect(posts.length).toBe(Math.max(0, after.length - before.length));
      }),
    );
  });

  it("has nothing to do when all is as wanted", () => {
    const old = ["10 a.example", "20 b.example"].map((text) => record(text));
    expect(batchOf(NAME, old, hosts(["20 b.example", "10 a.example"]))).toEqual({ deletes: [], patches: [], posts: [] });
  });

  it("keeps Auto, each record its own TTL, and gives new ones the longest of the old", () => {
    const old = [record("10 a.example", 1), record("20 b.example", 120)];
    const { patches, posts } = batchOf(NAME, old, hosts(["5 x.example", "6 y.example", "7 z.example"]));
    expect(patches.map((one) => one.ttl)).toEqual([1, 120]);
    expect(posts.map((one) => one.ttl)).toEqual([1]);
  });
});
