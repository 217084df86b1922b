/** What the admin chooses about the handling of mail, and what follows from the three questions for SPOOF. */
import { z } from "zod";
import type { Profile } from "@/lib/profiles/profile";
import type { Disposition, UseCase } from "@/lib/profiles/use-cases";
import { ticked } from "./ticked";

const EITHER = "Choose one of the two.";
const yesOrNo = z.enum(["yes", "no"], EITHER);

/** Microsoft takes these three and nothing between; `keep` leaves the tenant's own. */
export const FREQUENCIES = { "4h": "04:00:00", "1d": "1.00:00:00", "7d": "7.00:00:00" } as const;

export const LEAST_DAYS = 15;
export const MOST_DAYS = 30;
const days = z.coerce
  .number(`Enter a number of days from ${LEAST_DAYS} to ${MOST_DAYS}.`)
  .int("Enter whole days.")
  .min(LEAST_DAYS, `Enter at least ${LEAST_DAYS} days: people need time to miss a message.`)
  .max(MOST_DAYS, `Microsoft keeps mail in quarantine for at most ${MOST_DAYS} days.`);

export const handlingSettings = z.object({
  useCase: z.enum(["1", "2", "3", "4", "5"], "Choose one of the five."),
  /** What was bought from the vendor: it decides what is done with links. */
  plan: z.enum(["Advantage", "Enterprise"], EITHER),
  /** SPOOF detections are clean, and the allow list is well kept. */
  spoofClean: yesOrNo,
  enhancedDetections: yesOrNo,
  cadence: z.enum(["keep", "4h", "1d", "7d"], "Choose one of the four."),
  /** Days in Microsoft's quarantine. */
  retention: days,
  /** Guids of the tenant's own rules before which ours are put. */
  moveRules: ticked,
  /** What a person entered in the vendor's dashboard, by their word. */
  entered: ticked,
});
export type HandlingSettings = z.infer<typeof handlingSettings>;
export type Chosen = Pick<HandlingSettings, "useCase" | "spoofClean" | "enhancedDetections">;

/**
 * SPOOF as BULK, because a tenant that begins here has neither a kept allow list nor Enhanced Detections.
 * 30 days, because less would shorten what most tenants have.
 */
export const FIRST_SETTINGS: HandlingSettings = {
  useCase: "1",
  plan: "Advantage",
  spoofClean: "no",
  enhancedDetections: "no",
  cadence: "keep",
  retention: MOST_DAYS,
  moveRules: [],
  entered: [],
};

/** Source: seed, "Message handling", row SPOOF. */
export function spoofAs({ spoofClean, enhancedDetections }: Omit<Chosen, "useCase">): "quarantine" | "SPAM" | "BULK" {
  if (spoofClean === "yes") return "quarantine";
  return enhancedDetections === "yes" ? "SPAM" : "BULK";
}

const withoutSpoof = (all: readonly Disposition[]): readonly Disposition[] => all.filter((d) => d !== "SPOOF");

/** The use case as published, which quarantines SPOOF with SPAM; else SPOOF goes wherever BULK goes. */
export function chosenCase(chosen: Chosen, { useCases }: Profile): UseCase {
  const published = useCases.value[chosen.useCase];
  if (spoofAs(chosen) !== "BULK") return published;
  return {
    ...published,
    atVendor: withoutSpoof(published.atVendor),
    rules: published.rules.map((rule) => {
      const others = withoutSpoof(rule.dispositions);
      return { ...rule, dispositions: others.includes("BULK") ? [...others, "SPOOF"] : others };
    }),
  };
}

/** What the vendor's own quarantine keeps for every domain: the vendor's half of the use case. */
export const vendorQuarantine = (chosen: Chosen, profile: Profile): readonly Disposition[] => chosenCase(chosen, profile).atVendor;
