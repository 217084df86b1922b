/** All that is kept, in groups; every function takes the scope it may touch. Built once, by wiring. */
import type { TenantScope } from "@/lib/model/scope";
import { connect, type Db, inside } from "./client";
import { cloudflareTokens } from "./cloudflare-tokens";
import { events } from "./events";
import { exclusively } from "./exclusive";
import { invites } from "./invites";
import { jobs } from "./jobs";
import { ledger } from "./ledger";
import { listen } from "./live";
import { mailItems } from "./mail-items";
import { mailOrders } from "./mail-orders";
import { mailProofs } from "./mail-proofs";
import { mailRights } from "./mail-rights";
import { moments } from "./moments";
import { pages } from "./pages";
import { plans } from "./plans";
import { queue } from "./queue";
import { runs } from "./runs";
import { sessions } from "./sessions";
import { settings } from "./settings";
import { tenants } from "./tenants";
import { tokens } from "./tokens";
import { traceGroups } from "./trace-groups";
import { traceReports } from "./trace-reports";
import { watches } from "./watches";
import { words } from "./words";

const groups = (db: Db) => ({
  tenants: tenants(db),
  settings: settings(db),
  plans: plans(db),
  runs: runs(db),
  ledger: ledger(db),
  moments: moments(db),
  events: events(db),
  words: words(db),
  watches: watches(db),
  sessions: sessions(db),
  invites: invites(db),
  mailRights: mailRights(db),
  tokens: tokens(db),
  cloudflareTokens: cloudflareTokens(db),
  traceReports: traceReports(db),
  mailProofs: mailProofs(db),
  mailOrders: mailOrders(db),
  mailItems: mailItems(db),
  traceGroups: traceGroups(db),
  jobs: jobs(db),
  pages: pages(db),
  queue: queue(db),
});

export type Groups = ReturnType<typeof groups>;
export type Store = ReturnType<typeof createStore>;

export function createStore(databaseUrl: string, { connections = 20 }: { readonly connections?: number } = {}) {
  const connection = connect(databaseUrl, connections);
  const live = listen(databaseUrl);
  return {
    ...groups(connection),
    /** Several writes that happen together or not at all, such as a change of settings and its event. Nothing slow inside. */
    together: <T>(scope: TenantScope, work: (store: Groups) => Promise<T>): Promise<T> =>
      connection.within(scope, (tx) => work(groups(inside(tx, scope)))),
    live,
    /** One run of a tenant at a time, over all processes. */
    exclusively: exclusively(databaseUrl),
    /** Throws when the database does not answer. */
    ping: connection.ping,
    close: async () => {
      await live.close();
      await connection.close();
    },
  };
}
