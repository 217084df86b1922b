/** Whoever sets things up here may not authorise the vendor's application; Cutover has its own consent and role already. */
import { grantConsent } from "../entra/grants";
import { resources } from "../entra/permissions";
import { guidFrom } from "../guid";
import { directoryRoles } from "../tenant";
import { journaled, setUpAt } from "./journaled";
import type { Scenario } from "./scenario";

export const noPrivilegedRole: Scenario = {
  name: "no-privileged-role",
  about:
    "The admin is Exchange and Security Administrator, so a colleague with the Privileged Role Administrator role has to authorise the vendor.",
  seed: { id: "11111111-0000-4000-8000-000000000044", name: "Bellows College", slug: "bellows-college" },
  build: (seed) => {
    const tenant = journaled(seed, "no-privileged-role");
    const [admin] = tenant.users;
    if (admin) admin.directoryRoles = [directoryRoles.exchangeAdministrator, directoryRoles.securityAdministrator];
    const held = [directoryRoles.exchangeAdministrator];
    const id = guidFrom(`${seed.id}/service-principal`);
    tenant.servicePrincipal = { id, directoryRoles: held, rolesChangedAt: 0, rolesBefore: held };
    grantConsent(tenant, resources, setUpAt);
    return tenant;
  },
};
