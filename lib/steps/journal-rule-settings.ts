/** What the journal rules are made of: regions, addresses and lists, all chosen in the steps before. */
import { z } from "zod";
import { access } from "./access";
import { typedAddresses } from "./journal-connector-addresses";
import { gatewayWord, journalConnectorAtFirst, journalRegionIds } from "./journal-connector-settings";
import { listAddresses } from "./journal-rule-lists";

export const journalRuleSettings = z.object({
  access,
  regions: journalRegionIds,
  addresses: typedAddresses,
  gateway: gatewayWord,
  /** Address of the distribution list, by region. */
  lists: listAddresses,
});
export type JournalRuleSettings = z.infer<typeof journalRuleSettings>;

export const journalRuleAtFirst: JournalRuleSettings = {
  access: "consent",
  regions: journalConnectorAtFirst.regions,
  addresses: {},
  gateway: "look",
  lists: {},
};
