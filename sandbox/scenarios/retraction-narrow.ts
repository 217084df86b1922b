/** The vendor's application may read mail and not move it. */
import { retractionRoles } from "../entra/registrations";
import { authorizeVendor } from "../entra/vendor-grants";
import { journaled, setUpAt } from "./journaled";
import type { Scenario } from "./scenario";

export const retractionNarrow: Scenario = {
  name: "retraction-narrow",
  about: "The vendor's application is authorised with Mail.Read instead of Mail.ReadWrite: it finds messages and cannot move them.",
  seed: { id: "11111111-0000-4000-8000-000000000042", name: "City Power and Light", slug: "city-power" },
  build: (seed) => {
    const tenant = journaled(seed, "retraction-narrow");
    const roles = retractionRoles.map((role) => (role === "Mail.ReadWrite" ? "Mail.Read" : role));
    authorizeVendor(tenant, "area1", setUpAt, roles);
    return tenant;
  },
};
