/** Both profiles by name. */
import { area1 } from "./area1";
import { cloudflare } from "./cloudflare";
import type { Profile, ProfileId } from "./profile";

/** What new customers get. */
export const DEFAULT_PROFILE: ProfileId = "cloudflare";
export const profiles: Readonly<Record<ProfileId, Profile>> = { cloudflare, area1 };

export const isProfileId = (text: unknown): text is ProfileId => text === "area1" || text === "cloudflare";
export const profileOf = (id: ProfileId): Profile => profiles[id];
