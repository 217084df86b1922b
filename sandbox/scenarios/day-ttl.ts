/** A TTL of a day at a host without an API: the wait is real and the change is made by hand. */
import { baseTenant } from "./base";
import { slowHost } from "./dns-hosts";
import type { Scenario } from "./scenario";

export const dayTtl: Scenario = {
  name: "day-ttl",
  about: "MX records live for a day, at a DNS host that has no API.",
  seed: { id: "11111111-0000-4000-8000-000000000004", name: "Proseware", slug: "proseware" },
  build: (seed) => baseTenant(seed, { scenario: "day-ttl", dnsHost: slowHost, ttl: 86_400 }),
};
