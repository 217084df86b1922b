/** All is journaled; nobody authorised the vendor's application yet. */
import { journaled } from "./journaled";
import type { Scenario } from "./scenario";

export const retraction: Scenario = {
  name: "retraction",
  about: "Mail is journaled to the vendor; its application is not authorised yet, so nothing can be moved. There is a list of two people.",
  seed: { id: "11111111-0000-4000-8000-000000000041", name: "First Up Consultants", slug: "first-up" },
  build: (seed) => journaled(seed, "retraction"),
};
