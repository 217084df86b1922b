/** The guide for everybody: the catalogue's own texts, for both names of the product. */
import { profileOf } from "@/lib/profiles/all";
import type { ProfileId } from "@/lib/profiles/profile";
import { tracks } from "@/lib/steps/index";
import { permissionsOf } from "@/lib/steps/permissions";
import type { Texts } from "@/lib/steps/shape";
import { stepById } from "./setup";

export type GuideStep = { readonly id: string; readonly texts: Texts; readonly permissions: readonly string[] };
export type Guide = {
  readonly profile: ProfileId;
  readonly product: string;
  readonly tracks: readonly { readonly id: string; readonly title: string; readonly steps: readonly GuideStep[] }[];
};

export function guide(id: ProfileId = "cloudflare"): Guide {
  const profile = profileOf(id);
  return {
    profile: id,
    product: profile.product,
    tracks: tracks.map((track) => ({
      id: track.id,
      title: track.title,
      steps: track.steps.flatMap((stepId) => {
        const step = stepById(stepId);
        return step ? [{ id: stepId, texts: step.texts(profile), permissions: permissionsOf(step, profile) }] : [];
      }),
    })),
  };
}
