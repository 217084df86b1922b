/** Sixty days of mail at the vendor, fifty thousand messages, for searching, moving and releasing. */
import type { Tenant } from "../tenant";
import { baseTenant } from "./base";
import { list } from "./directory";
import { ordinaryHost } from "./dns-hosts";
import { guard, thisHour } from "./guarded";
import type { Scenario } from "./scenario";

const people = 300;

export const busyMail: Scenario = {
  name: "busy-mail",
  about: "The vendor knows 50,000 messages of sixty days for 300 people; retraction is authorised, some mail is held.",
  seed: { id: "11111111-0000-4000-8000-000000000051", name: "Consolidated Messenger", slug: "consolidated-messenger" },
  build: (seed) => {
    const tenant: Tenant = {
      ...baseTenant(seed, { scenario: "busy-mail", dnsHost: ordinaryHost, ttl: 300 }),
      generatedPeople: people,
      generatedMail: { count: 50_000, until: thisHour(), kind: "varied", bursts: [], released: [] },
    };
    const address = (part: string) => `${part}@${seed.slug}.example`;
    tenant.groups = [list(seed, "Sales", address("sales"), ["person-00001", "person-00002", "employee"].map(address))];
    guard(tenant, seed);
    return tenant;
  },
};
