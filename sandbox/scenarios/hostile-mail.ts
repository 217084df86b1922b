/** Mail that wants to break whatever shows it, each message once held by the vendor and once delivered. */
import { hostileCount } from "../history/hostile";
import { baseTenant } from "./base";
import { ordinaryHost } from "./dns-hosts";
import { guard, thisHour } from "./guarded";
import type { Scenario } from "./scenario";

export const hostileMail: Scenario = {
  name: "hostile-mail",
  about: "Hostile mail: script in subjects and names, HTML bombs, 40 MB, broken MIME, bidirectional names; held and delivered.",
  seed: { id: "11111111-0000-4000-8000-000000000052", name: "Nod Publishers", slug: "nod-publishers" },
  build: (seed) => {
    const tenant = {
      ...baseTenant(seed, { scenario: "hostile-mail", dnsHost: ordinaryHost, ttl: 300 }),
      generatedMail: { count: hostileCount, until: thisHour(), kind: "hostile" as const, bursts: [], released: [] },
    };
    guard(tenant, seed);
    return tenant;
  },
};
