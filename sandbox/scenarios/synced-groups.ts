/** People and lists come from the company's own directory: nobody changes those lists in the cloud. */
import { baseTenant } from "./base";
import { eu, list, person, us } from "./directory";
import { ordinaryHost } from "./dns-hosts";
import type { Scenario } from "./scenario";

const synced = { isSynced: true } as const;

export const syncedGroups: Scenario = {
  name: "synced-groups",
  about: "People and lists are synced from a directory of the company's own: Exchange refuses to change these lists.",
  seed: { id: "11111111-0000-4000-8000-000000000023", name: "Southridge Video", slug: "southridge" },
  build: (seed) => {
    const tenant = baseTenant(seed, { scenario: "synced-groups", dnsHost: ordinaryHost, ttl: 3600 });
    const at = (part: string) => `${part}@${seed.slug}.example`;
    tenant.users.push(
      person(seed, "berlin.studio", "Berlin studio", { ...eu, ...synced }),
      person(seed, "austin.studio", "Austin studio", { ...us, ...synced }),
      person(seed, "austin.shop", "Austin shop", { ...us, ...synced }),
    );
    tenant.groups = [
      list(seed, "EU staff", at("eu-staff"), [at("berlin.studio")], synced),
      list(seed, "US staff", at("us-staff"), [at("austin.studio"), at("austin.shop")], synced),
      list(seed, "Studios", at("studios"), [at("berlin.studio"), at("austin.studio")]),
    ];
    return tenant;
  },
};
