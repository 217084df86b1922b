/** Two applications of one name: the vendor's, and one that somebody else registered. */
import { retractionRoles } from "../entra/registrations";
import { authorizeVendor, principalIdOf } from "../entra/vendor-grants";
import { journaled, setUpAt } from "./journaled";
import type { Scenario } from "./scenario";

/** Of the look-alike, and of the organisation that owns it. */
const appId = "0ddba11a-0000-4000-8000-000000000001";
const ownerId = "0ddba11a-0000-4000-8000-0000000000ff";

export const twoApps: Scenario = {
  name: "two-apps",
  about:
    "The vendor's application is authorised, and another organisation's application of the same name may read and write all mail, too.",
  seed: { id: "11111111-0000-4000-8000-000000000043", name: "The Phone Company", slug: "phone-company" },
  build: (seed) => {
    const tenant = journaled(seed, "two-apps");
    const { name } = authorizeVendor(tenant, "area1", setUpAt);
    const roles = [...retractionRoles, "Directory.Read.All"];
    tenant.otherApplications = [{ id: principalIdOf(tenant, appId), appId, ownerId, name, roles, at: setUpAt, revokedAt: null }];
    return tenant;
  },
};
