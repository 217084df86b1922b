/** Hears which tenant something happened in, on one connection for all pages. What happened, each page reads under its own scope. */
import pg from "pg";

type Listener = () => void;
export type Live = {
  /** Calls back after every committed change of this tenant, and after a lost connection, when something may have been missed. @returns how to stop. */
  readonly on: (tenant: string, listener: Listener) => () => void;
  readonly close: () => Promise<void>;
};

const retryMs = 1_000;

/** Connects when the first page listens; connects again by itself. */
export function listen(databaseUrl: string): Live {
  const listeners = new Map<string, Set<Listener>>();
  let client: pg.Client | undefined;
  let retry: NodeJS.Timeout | undefined;
  let isClosed = false;

  const tell = (tenant: string) => {
    for (const listener of listeners.get(tenant) ?? []) listener();
  };
  const lost = () => {
    client = undefined;
    if (isClosed || retry || listeners.size === 0) return;
    retry = setTimeout(() => {
      retry = undefined;
      start(true);
    }, retryMs);
  };
  const start = (isAgain: boolean) => {
    if (client || isClosed) return;
    const fresh = new pg.Client({ connectionString: databaseUrl, application_name: "cutover-live", keepAlive: true });
    client = fresh;
    fresh.on("error", lost);
    fresh.on("end", lost);
    fresh.on("notification", ({ payload }) => tell(payload ?? ""));
    const ready = fresh.connect().then(() => fresh.query("LISTEN cutover"));
    ready.then(() => isAgain && [...listeners.keys()].forEach(tell), lost);
  };

  return {
    on: (tenant, listener) => {
      const held = listeners.get(tenant) ?? new Set();
      listeners.set(tenant, held.add(listener));
      start(false);
      return () => {
        held.delete(listener);
        if (held.size === 0) listeners.delete(tenant);
      };
    },
    close: async () => {
      isClosed = true;
      clearTimeout(retry);
      await client?.end().catch(() => undefined);
    },
  };
}
