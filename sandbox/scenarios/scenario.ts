/** What a scenario is: a way to build a tenant, the same every time for the same seed. */
import type { Tenant, Zone } from "../tenant";

export type Seed = {
  id: string;
  /** Company name. */
  name: string;
  /** First label of every name: `fabrikam` gives fabrikam.example and fabrikam.onmicrosoft.com. */
  slug: string;
  /** How many mail domains, for scenarios that ask. */
  domains?: number;
};

export type Scenario = {
  name: string;
  /** One sentence for the portal's list. */
  about: string;
  /** The starting set's own tenant. */
  seed: Seed;
  build(seed: Seed): Tenant;
};

/** A DNS host: its name servers, their addresses and the lowest TTL its form takes. */
export type DnsHost = Pick<Zone, "host" | "lowestTtl" | "nameServers">;
