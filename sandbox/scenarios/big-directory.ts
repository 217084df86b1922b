/** Ten thousand people more than anybody types: for paging, searching and long lists of members. */
import { baseTenant } from "./base";
import { ordinaryHost } from "./dns-hosts";
import type { Scenario } from "./scenario";

export const bigDirectory: Scenario = {
  name: "big-directory",
  about: "Ten thousand people, person-00001 to person-10000, in seven countries.",
  seed: { id: "11111111-0000-4000-8000-000000000024", name: "A. Datum", slug: "adatum" },
  build: (seed) => ({
    ...baseTenant(seed, { scenario: "big-directory", dnsHost: ordinaryHost, ttl: 3600 }),
    generatedPeople: 10_000,
  }),
};
