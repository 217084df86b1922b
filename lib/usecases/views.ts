/** What the pages show: plain data, made by the use cases, drawn by the components. Times in ms since 1970. */
import type { Problem } from "@/lib/base/result";
import type { Check } from "@/lib/model/check";
import type { AccountName, Permission } from "@/lib/model/cloudflare-token";
import type { ChangeView } from "@/lib/model/difference";
import type { Way } from "@/lib/model/plan";
import type { RunState, Status } from "@/lib/model/status";
import type { MailWay } from "@/lib/steps/mail-way";
import type { Evidence, Field, Step, Texts, Ways } from "@/lib/steps/shape";

export type { ChangeView, DifferenceRow } from "@/lib/model/difference";
export type { MailWay, Station } from "@/lib/steps/mail-way";
export type { Evidence } from "@/lib/steps/shape";

/** Who is signed in. `tenant` is the person's own; a `visiting` page shows somebody else's. */
export type Visitor = {
  readonly tenant: string;
  readonly oid: string;
  readonly name: string;
  readonly upn: string;
  readonly isStaff: boolean;
  /** Holds one of the four directory roles that may act, in the token. */
  readonly hasRole: boolean;
  /** Holds a directory role that lets them read mail of their own company. */
  readonly hasMailRole: boolean;
};

/** The frame of every page of a tenant. */
export type TenantHead = {
  readonly id: string;
  readonly name: string;
  readonly access: "unknown" | "consent" | "without" /** A staff member in a customer's setup. */;
  readonly isVisit: boolean;
  /** Mail can be searched, or retraction was chosen: its pages are of use. */
  readonly hasMail?: boolean;
  readonly visitor: Visitor;
};

export type StepRow = {
  readonly id: string;
  readonly track: string;
  readonly title: string;
  readonly hint: string;
  readonly status: Status;
  readonly href: string;
};
export type TrackView = { readonly id: string; readonly title: string; readonly steps: readonly StepRow[]; readonly done: number };
export type TaskListView = {
  readonly head: TenantHead;
  readonly tracks: readonly TrackView[];
  /** The mail's way as it was read; null while no chosen domain's MX is known. */
  readonly mailWay: MailWay | null;
  /** The way of journal reports. */
  readonly reportWay: MailWay | null;
  /** The step to continue with; null when all is done or everything waits. */
  readonly next: StepRow | null;
  readonly waiting: readonly { readonly title: string; readonly until: number; readonly href: string }[];
  /** Runs that are not over, such as one that takes everything back and waits for DNS. */
  readonly runs: readonly { readonly title: string; readonly say: string; readonly isYours: boolean; readonly href: string }[];
};

export type Looked = {
  readonly at: number;
  /** From where: asked just now, remembered, or uploaded by somebody. */
  readonly source: "asked" | "remembered" | "upload";
  readonly by: string | null;
  readonly checks: readonly Check[];
  readonly changes: readonly ChangeView[];
  readonly settling: number;
  readonly fields: readonly Field[];
  readonly evidence: readonly Evidence[];
};

export type StepView = {
  readonly head: TenantHead;
  readonly id: string;
  readonly track: string;
  readonly trackTitle: string;
  readonly texts: Texts;
  readonly ways: Ways;
  readonly status: Status;
  readonly missing: readonly { readonly title: string; readonly href: string }[];
  readonly canSkip: boolean;
  readonly skipped: { readonly by: string; readonly reason: string; readonly at: number } | null;
  readonly settings: Readonly<Record<string, unknown>>;
  /** The last look as stored, drawn at once; null when nobody has looked. */
  readonly last: Looked | null;
  readonly openRun: { readonly id: string; readonly state: RunState; readonly step: string } | null;
  readonly canUndo: boolean;
  readonly watch: { readonly dueAt: number; readonly since: number; readonly deadline: number } | null;
  readonly permissions: readonly string[];
  /** Whose access *Do it for me* works with. */
  readonly through: Step["through"];
  /** Who gets a mail when the wait is over; null where Cutover cannot send any. */
  readonly told: readonly string[] | null;
  readonly next: StepRow | null;
};

export type PlanView = {
  readonly head: TenantHead;
  readonly id: string;
  readonly step: string;
  readonly track: string;
  readonly title: string;
  readonly isUndo: boolean;
  readonly way: Way;
  readonly ways: Ways;
  /** "2 to add, 1 to change, 0 to remove". */
  readonly counts: string;
  /** In the order they are carried out, each with the title of its step. */
  readonly changes: readonly (ChangeView & { readonly part: string })[];
  /** Steps that must not be taken back yet, and why: the run waits, the script and the list for a person leave them out. */
  readonly notYet: readonly { readonly part: string; readonly saw: string }[];
  /** Nothing was changed in this tenant yet: now is the time to keep an undo kit. */
  readonly isFirst: boolean;
  /** What of it cannot be taken back. */
  readonly forGood: readonly string[];
  /** The whole script that carries this plan out and reads it back. */
  readonly script: string;
  readonly risk: string | null;
  readonly undo: string;
  readonly role: string;
  readonly createdAt: number;
  readonly isOld: boolean;
  readonly runId: string | null;
  /** Domains of which one has to be typed before agreeing, for steps that can stop mail; [] when not needed. */
  readonly typeOneOf: readonly string[];
};

export type RunLine = {
  readonly key: string;
  readonly title: string;
  readonly state: "waiting" | "doing" | "done" | "found" | "asked" | "problem" | "unsure";
  readonly at: number | null;
  readonly byHand: string;
  readonly command: string;
};
export type RunView = {
  /** How many of its changes are done, of how many; a long run shows only some of them as lines. */
  readonly done: number;
  readonly total: number;
  readonly head: TenantHead;
  readonly id: string;
  readonly planId: string;
  readonly step: string;
  readonly track: string;
  readonly title: string;
  readonly isUndo: boolean;
  readonly way: Way;
  readonly state: RunState;
  readonly by: string;
  readonly startedAt: number;
  readonly finishedAt: number | null;
  readonly retryAt: number | null;
  readonly problem: Problem | null;
  readonly lines: readonly RunLine[];
  /** What a fresh look would change now, when the run stopped because the tenant moved. */
  readonly instead: readonly ChangeView[];
  /** The plan of these, to look at and agree to. */
  readonly insteadHref: string | null;
  readonly checks: readonly Check[];
};

/** Everything that can be taken back, last done first, and what stays. */
export type UndoView = {
  readonly head: TenantHead;
  readonly rows: readonly {
    readonly id: string;
    readonly title: string;
    readonly href: string;
    readonly undo: string;
    readonly changes: number;
    /** What has to happen first, in words; null when nothing. */
    readonly heldUp: string | null;
  }[];
  readonly stays: readonly string[];
  /** Something was done here at some time. */
  readonly isBegun: boolean;
};

export type EventView = {
  readonly id: string;
  readonly at: number;
  readonly who: string;
  readonly isStaff: boolean;
  readonly say: string;
  readonly step: string | null;
  readonly href: string | null;
  readonly detail: string | null;
};
export type ActivityView = { readonly head: TenantHead; readonly events: readonly EventView[]; readonly older: string | null };

export type QueueRow = {
  readonly tenant: string;
  readonly name: string;
  readonly step: string;
  readonly status: Status;
  readonly since: number;
  readonly why: string;
  readonly next: string;
  readonly href: string;
};
export type QueueView = {
  readonly visitor: Visitor;
  readonly rows: readonly QueueRow[];
  readonly after: string | null;
  readonly total: number;
  readonly search: string;
  readonly sort: QueueSort;
};
export type QueueSort = "oldest" | "newest" | "name";

export type PeopleView = {
  readonly head: TenantHead /** Who may act: by role at their last sign-in, or invited. */;
  readonly people: readonly {
    readonly name: string;
    readonly upn: string;
    readonly why: string;
    readonly at: number;
    readonly isInvited: boolean;
  }[];
  /** Who may read mail: by role at their last sign-in, or because somebody with such a role gave them the right. */
  readonly readers: readonly {
    readonly name: string;
    readonly upn: string;
    readonly why: string;
    readonly at: number;
    readonly isGiven: boolean;
    /** The right opens nothing to somebody who may not act. */
    readonly mayAct: boolean;
  }[];
  /** Whether the visitor gives and takes this right. */
  readonly canGiveMail: boolean;
};

/** The API token of the customer's Cloudflare account: all that is shown of it. */
export type CloudflareView = {
  readonly head: TenantHead;
  readonly token: {
    readonly lastFour: string;
    /** null until somebody says which. */
    readonly account: AccountName | null;
    /** To choose from; [] where the token shows none. */
    readonly accounts: readonly AccountName[];
    readonly by: string;
    readonly isByStaff: boolean;
    readonly enteredAt: number;
    readonly verifiedAt: number;
    readonly expiresAt: number | null;
    /** Why it cannot be used. */
    readonly problem: Problem | null;
  } | null;
  readonly permissions: readonly {
    readonly name: string;
    /** `needed`: no token was looked at yet. */
    readonly state: Permission["state"] | "needed";
    readonly say: string;
    readonly steps: readonly { readonly title: string; readonly href: string }[];
  }[];
};

/** What a server action gives back to a form. Nothing that was typed is lost: the form keeps its values. */
export type ActionAnswer =
  | { readonly ok: true; readonly href?: string; readonly say?: string }
  | { readonly ok: false; readonly problem: Problem; readonly fields?: Readonly<Record<string, string>> };
