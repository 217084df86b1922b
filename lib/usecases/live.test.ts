/** Live pages: told of what happened at once, of nothing twice, and nobody listens on after the person has left. */
import { describe, expect, it } from "vitest";
import { no, ok, type Result } from "@/lib/base/result";
import { TenantScope } from "@/lib/model/scope";
import type { Deps } from "./deps";
import { follow } from "./live";

const TENANT = "11111111-0000-4000-8000-000000000001";
const scope = TenantScope.mint(TENANT, { kind: "admin", id: "a", name: "Admin" });
const NEVER = { everyMs: 2 ** 30, politeAfterMs: 2 ** 30 };

/** A page that shows `view.now`, and the bell that rings when something happened in the tenant. */
function page(first: Result<string>) {
  const listeners = new Set<() => void>();
  const on = (tenant: string, listener: () => void) => {
    expect(tenant).toBe(TENANT);
    listeners.add(listener);
    return () => listeners.delete(listener);
  };
  const view = { now: first, looks: 0 };
  // Of all that the use cases are built from, a live page needs these two.
  const deps = { wall: { now: () => 0 }, store: { live: { on } } } as unknown as Deps;
  const leave = new AbortController();
  const look = async () => {
    view.looks += 1;
    return view.now;
  };
  const stream = (beat = NEVER) => follow(deps, scope, look, (text) => text === "over", leave.signal, beat);
  const ring = () => {
    for (const listener of [...listeners]) listener();
  };
  return { view, stream, leave, ring, listeners };
}

describe("a live page", () => {
  it("shows at once what is there, then what changed, and ends when it is over", async () => {
    const { view, stream, ring, listeners } = page(ok("first"));
    const views = stream();
    expect(await views.next()).toEqual({ done: false, value: "first" });
    const second = views.next();
    view.now = ok("over");
    ring();
    expect(await second).toEqual({ done: false, value: "over" });
    expect(await views.next()).toEqual({ done: true, value: undefined });
    expect(listeners.size).toBe(0);
  });

  it("does not miss what happens while it looks", async () => {
    const { view, stream, ring } = page(ok("first"));
    const views = stream();
    const first = views.next();
    ring(); // before the look has answered
    expect((await first).value).toBe("first");
    view.now = ok("over");
    expect((await views.next()).value).toBe("over");
  });

  it("says nothing when nothing changed", async () => {
    const { view, stream, ring } = page(ok("same"));
    const views = stream();
    expect((await views.next()).value).toBe("same");
    const next = views.next();
    for (let rings = 0; rings < 3; rings++) {
      ring();
      await expect.poll(() => view.looks).toBeGreaterThan(rings + 1);
    }
    view.now = ok("over");
    ring();
    expect((await next).value).toBe("over");
  });

  it("looks on a beat where nobody rings", async () => {
    const { view, stream } = page(ok("first"));
    const views = stream({ everyMs: 1, politeAfterMs: 2 ** 30 });
    expect((await views.next()).value).toBe("first");
    view.now = ok("over");
    expect((await views.next()).value).toBe("over");
  });

  it("ends, and listens no more, when the person leaves, stops reading, or may not look any more", async () => {
    const left = page(ok("first"));
    const views = left.stream();
    await views.next();
    const next = views.next();
    left.leave.abort();
    expect(await next).toEqual({ done: true, value: undefined });

    const dropped = page(ok("first"));
    const others = dropped.stream();
    await others.next();
    await others.return(undefined);

    const gone = page(no("gone", "There is nothing here for you."));
    expect(await gone.stream().next()).toEqual({ done: true, value: undefined });
    for (const { listeners } of [left, dropped, gone]) expect(listeners.size).toBe(0);
  });
});
