/** What is chosen for the journaling track as a whole: regions, addresses, and the own word about a gateway for outgoing mail. */
import { z } from "zod";
import { access } from "./access";
import { typedAddresses } from "./journal-connector-addresses";
import { ticked } from "./ticked";

const FIRST_REGION = "us";

/** Ids of journaling regions. */
export const journalRegionIds = ticked.refine((all) => all.length > 0, "Choose at least one region.").default([FIRST_REGION]);
/** Whether a gateway carries outgoing mail: as we see it, or as the admin says. */
export const gatewayWord = z.enum(["look", "yes", "no"], "Choose one of the three.").default("look");

export const journalConnectorSettings = z.object({
  access,
  regions: journalRegionIds,
  addresses: typedAddresses,
  gateway: gatewayWord,
  /** No way out on port 25: go on by word. */
  port25Word: ticked.default([]),
});
export type JournalConnectorSettings = z.infer<typeof journalConnectorSettings>;

export const journalConnectorAtFirst: JournalConnectorSettings = {
  access: "consent",
  regions: [FIRST_REGION],
  addresses: {},
  gateway: "look",
  port25Word: [],
};
