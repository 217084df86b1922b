/** The product's DNS adapter as a bench asks it, and answers that count only when every server gave one. */
import { quietLog } from "@/lib/base/log";
import { createReach } from "@/lib/base/reach";
import type { Result } from "@/lib/base/result";
import { createDns, type Dns } from "@/lib/clouds/dns/dns";
import { type Kind, type Row, readRows } from "@/lib/model/nouns";
import { ask, nameOf } from "@/lib/model/query";
import type { House } from "./house";

/** One of its own, that knows nothing yet. */
export const adapter = ({ deps, settings }: House): Dns =>
  createDns({
    clock: deps.clock,
    log: quietLog,
    resolvers: settings.resolvers,
    port: settings.dnsPort,
    reach: createReach(settings.probeAllow),
  });

/** @throws where there is no answer, or one we cannot read: a fast wrong answer is no result. */
export function rowOf<K extends Kind>(kind: K, domain: string, answers: ReadonlyMap<string, Result<unknown>>): Row<K> {
  const answer = answers.get(nameOf(ask(kind, domain)));
  const rows = answer?.ok ? readRows(kind, answer.value) : undefined;
  const row = rows?.ok ? rows.value[0] : undefined;
  if (!row) throw new Error(`${kind} of ${domain} has no answer.`);
  return row;
}
