/** How the dashboards of the two products word retraction (retraction guide; auto-moves page). */
import type { Destination } from "../cloudflare/state";
import type { VendorProduct } from "../entra/registrations";

export type Choice = { label: string; folder: Destination | null; isSoft?: true };

export const choices: Record<VendorProduct, Choice[]> = {
  area1: [
    { label: "No Action", folder: null },
    { label: "Junk Email", folder: "JunkEmail" },
    { label: "Trash", folder: "DeletedItems" },
    { label: "Soft Delete — user recoverable (Microsoft only)", folder: "DeletedItems", isSoft: true },
    { label: "Hard Delete — admin recoverable (Microsoft and Google)", folder: "RecoverableItemsPurges" },
  ],
  cloudflare: [
    { label: "No action", folder: null },
    { label: "Move to junk", folder: "JunkEmail" },
    // The page lists it for Google alone; the sandbox's takes it, as the API does.
    { label: "Move to trash", folder: "DeletedItems" },
    { label: "Soft delete - user recoverable", folder: "RecoverableItemsDeletions", isSoft: true },
    { label: "Hard delete - admin recoverable", folder: "RecoverableItemsPurges" },
  ],
};

type Words = { path: string; menu: string; authorize: string; auto: string; table: string; save: string };

export const dashboards: Record<VendorProduct, { name: string; words: Words }> = {
  area1: {
    name: "Area 1 dashboard",
    words: {
      path: "Settings (the gear icon) > Email Configuration > RETRACT SETTINGS",
      menu: "Retract settings",
      authorize: "Authorize Office 365",
      auto: "Auto-Retract",
      table: "Where a message with this disposition goes",
      save: "Update Auto-retract Settings",
    },
  },
  cloudflare: {
    name: "Cloudflare dashboard",
    words: {
      path: "Zero Trust > Email security > Settings > Moves, and the integration of your domains",
      menu: "Moves",
      authorize: "Integration with Microsoft 365",
      auto: "Auto-moves",
      table: "Where a message with this disposition goes",
      save: "Save",
    },
  },
};
