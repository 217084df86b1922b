/** What has to be known about each domain's mail records, now and before. */
import { ask, past, per, type Reading } from "@/lib/model/query";

export const ttlQueries = (domains: readonly string[]) => ({
  mx: per(domains, (d) => ask("mx", d)),
  before: per(domains, (d) => past(ask("mx", d))),
  resolvers: per(domains, (d) => ask("resolvers", d)),
  remembered: per(domains, (d) => past(ask("resolvers", d))),
  dnsHosts: per(domains, (d) => ask("dnsHost", d)),
});
export type TtlReading = Reading<ReturnType<typeof ttlQueries>>;
