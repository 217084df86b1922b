/** Consent was given, the Exchange role was not: Graph answers, Exchange says 403. */
import { guidFrom } from "../guid";
import { baseTenant } from "./base";
import { ordinaryHost } from "./dns-hosts";
import type { Scenario } from "./scenario";

const granted = ["Domain.Read.All", "Organization.Read.All", "Application.Read.All", "RoleManagement.Read.Directory", "User.Read.All"];

export const noRole: Scenario = {
  name: "no-role",
  about: "Consent is given, but Cutover has no Exchange Administrator role yet.",
  seed: { id: "11111111-0000-4000-8000-000000000009", name: "Woodgrove", slug: "woodgrove" },
  build: (seed) => {
    const tenant = baseTenant(seed, { scenario: "no-role", dnsHost: ordinaryHost, ttl: 3600 });
    tenant.consent = { graph: [...granted], exchange: true, at: Date.UTC(2025, 0, 1), revokedAt: null };
    tenant.servicePrincipal = { id: guidFrom(`${seed.id}/service-principal`), directoryRoles: [], rolesChangedAt: 0, rolesBefore: [] };
    return tenant;
  },
};
