/** What is chosen about the domains at the vendor: here, and in the steps before. */
import { z } from "zod";
import { DISPOSITIONS } from "@/lib/profiles/use-cases";
import { access } from "./access";
import { domainList, domainName } from "./domain-name";
import { FIRST_SETTINGS, handlingSettings } from "./message-handling-settings";
import { ticked } from "./ticked";

const dispositions = ticked.pipe(z.array(z.enum(DISPOSITIONS, "Choose from the list.")));

export const vendorSettings = z.object({
  access,
  domains: domainList.default([]),
  nextHops: z.record(z.string(), domainName).default({}),
  regions: ticked.default([]),
  useCase: handlingSettings.shape.useCase.default(FIRST_SETTINGS.useCase),
  spoofClean: handlingSettings.shape.spoofClean.default(FIRST_SETTINGS.spoofClean),
  enhancedDetections: handlingSettings.shape.enhancedDetections.default(FIRST_SETTINGS.enhancedDetections),
  /** Domains whose quarantine is chosen here and not taken from the use case. */
  ownChoice: ticked.default([]),
  quarantined: z.record(z.string(), dispositions).default({}),
  /** Domains that somebody entered in the vendor's form, by word. */
  entered: ticked.default([]),
});
export type VendorSettings = z.infer<typeof vendorSettings>;

export const vendorAtFirst: VendorSettings = {
  access: "consent",
  domains: [],
  nextHops: {},
  regions: [],
  useCase: FIRST_SETTINGS.useCase,
  spoofClean: FIRST_SETTINGS.spoofClean,
  enhancedDetections: FIRST_SETTINGS.enhancedDetections,
  ownChoice: [],
  quarantined: {},
  entered: [],
};
