/** Which of the two names of the product the guide speaks in. */
export const PROFILES = [
  { id: "cloudflare", label: "Cloudflare Email Security" },
  { id: "area1", label: "Area 1" },
] as const;
export type GuideProfile = (typeof PROFILES)[number]["id"];

export const profileAsked = (asked: unknown): GuideProfile => PROFILES.find(({ id }) => id === asked)?.id ?? "cloudflare";
/** The address keeps the name only where it is not the first. */
export const withProfile = (href: string, profile: GuideProfile): string =>
  profile === "cloudflare" ? href : `${href}?profile=${profile}`;
