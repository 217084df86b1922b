/** How the portal names the places where a message can lie. */
import type { Place } from "../mail/index";

const releases = {
  admin: "only an administrator can release it",
  user: "the recipient can release it",
  "user-asks": "the recipient can ask for its release",
} as const;

export function placeWords(place: Place): string {
  switch (place.kind) {
    case "folder":
      return place.folder;
    case "quarantine": {
      const policy = place.policy === null ? "" : `, policy ${place.policy}`;
      return `Quarantine of ${place.by === "vendor" ? "the email security vendor" : "Microsoft 365"} (${place.type}${policy}; ${releases[place.release]})`;
    }
    case "refused":
      return `Refused: ${place.reply.code} ${place.reply.text}`;
    default:
      return `Gone: ${place.why}`;
  }
}

export const when = (at: number) => new Date(at).toISOString();
