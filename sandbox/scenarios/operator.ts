/** The operator's own tenant: the support staff who may resume a customer's setup. */
import { guidFrom } from "../guid";
import { strangerAddress } from "../smtp/hosts";
import { cutoverApp, operatorTenantId } from "../world";
import { baseTenant } from "./base";
import { ordinaryHost } from "./dns-hosts";
import type { Scenario } from "./scenario";

export const operator: Scenario = {
  name: "operator",
  about: "The operator of Cutover, with two people on the support desk.",
  seed: { id: operatorTenantId, name: "Cutover Support", slug: "cutover-support" },
  build: (seed) => {
    const tenant = baseTenant(seed, { scenario: "operator", dnsHost: ordinaryHost, ttl: 3600 });
    // Cutover's own server sends test messages in this domain's name: from where strangers call in the sandbox.
    for (const zone of tenant.zones)
      for (const record of zone.records)
        if (record.type === "TXT" && record.text.startsWith("v=spf1"))
          record.text = record.text.replace(" -all", ` ip4:${strangerAddress} -all`);
    tenant.users = ["first", "second"].map((part) => ({
      id: guidFrom(`${seed.id}/user/${part}`),
      upn: `support.${part}@${seed.slug}.example`,
      name: `Support desk, ${part} person`,
      directoryRoles: [],
      appRoles: [cutoverApp.staffRole],
    }));
    return tenant;
  },
};
