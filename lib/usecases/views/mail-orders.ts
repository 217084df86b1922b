/** What the pages of orders and of auto-retract show. Times in ms since 1970. */
import type { Problem } from "@/lib/base/result";
import type { Choice, Folder } from "@/lib/model/destinations";
import type { Disposition } from "@/lib/model/found-message";
import type { ItemCounts, ItemState, OrderKind, OrderState } from "@/lib/model/mail-order";
import type { TenantHead } from "../views";

/** What became of a message in one mailbox; `remedy` only where it failed. */
export type ResultView = { readonly recipient: string; readonly success: boolean; readonly say: string; readonly remedy: string | null };

export type ItemView = {
  readonly message: string;
  readonly subject: string;
  readonly from: string;
  readonly recipients: readonly string[];
  readonly disposition: string;
  readonly at: number;
  readonly destination: Folder | null;
  readonly state: ItemState;
  readonly results: readonly ResultView[];
  readonly retryAt: number | null;
  readonly tries: number;
  /** Why it was left alone, or failed as a whole; null else. */
  readonly say: string | null;
};

/** In the list of orders; numbers only. */
export type OrderRow = {
  readonly id: string;
  readonly kind: OrderKind;
  readonly state: OrderState;
  readonly destination: Folder | null;
  readonly counts: ItemCounts;
  readonly by: string;
  readonly madeAt: number;
  readonly agreedAt: number | null;
  readonly finishedAt: number | null;
};
export type OrdersView = { readonly head: TenantHead; readonly orders: readonly OrderRow[] };

export type OrderView = OrderRow & {
  readonly head: TenantHead;
  readonly agreedBy: string | null;
  readonly reason: string;
  /** Why a reason is asked for before it is agreed to; null where none is. */
  readonly asksReason: string | null;
  /** Nobody but eDiscovery brings back what goes there. */
  readonly isForGood: boolean;
  readonly problem: Problem | null;
  readonly retryAt: number | null;
  readonly canCancel: boolean;
  readonly canRetry: boolean;
  readonly canPutBack: boolean;
  /** Messages are for those who may read mail: null for others. */
  readonly items: { readonly rows: readonly ItemView[]; readonly next: string | null } | null;
};

export type AutoRow = {
  readonly disposition: Disposition;
  readonly choice: Choice;
  readonly label: string;
  readonly folder: Folder | null;
};

export type AutoView = {
  readonly head: TenantHead;
  /** Who moves, as chosen in the step. */
  readonly by: "vendor" | "cutover";
  readonly table: readonly AutoRow[];
  /** The same as one word, which comes back with the agreement to it. */
  readonly word: string;
  readonly state: "off" | "on" | "stopped";
  /** The table it works by, where it is on with another one than is chosen now: it has to be turned on again. */
  readonly isTableOld: boolean;
  readonly since: number | null;
  readonly lookedAt: number | null;
  readonly problem: Problem | null;
  readonly counts: ItemCounts;
  /** What stands in the way of turning it on; null when nothing does. */
  readonly barred: Problem | null;
  /** Dispositions that would be hard deleted: asked about once more. */
  readonly forGood: readonly Disposition[];
  /** The newest failures; null for who may not read mail. */
  readonly failures: readonly ItemView[] | null;
};

/** What would have been moved, had it been on. */
export type AutoPreview = {
  readonly from: number;
  readonly until: number;
  /** Detections looked at; more than these were not. */
  readonly seen: number;
  readonly isCut: boolean;
  readonly rows: readonly (AutoRow & { readonly messages: number; readonly mailboxes: number })[];
  /** Those that somebody moved already. */
  readonly moved: number;
  readonly sample: readonly ItemView[] | null;
};
