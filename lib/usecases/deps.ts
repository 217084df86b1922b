/** What the use cases are built from; wiring gives it to them once. */
import type { Clock } from "@/lib/base/clock";
import type { Log } from "@/lib/base/log";
import type { Problem, Result } from "@/lib/base/result";
import type { Seal } from "@/lib/base/seal";
import type { World } from "@/lib/engine/world";
import type { CloudflareAccess, Verified } from "@/lib/model/cloudflare-token";
import type { Folder } from "@/lib/model/destinations";
import type { ActionEntry, Detections, FoundMessage, MessageTrace } from "@/lib/model/found-message";
import type { Outcome } from "@/lib/model/mail-order";
import type { Said } from "@/lib/model/mail-proof";
import type { TraceEvent } from "@/lib/model/mail-proof-trace";
import type { MailSearch } from "@/lib/model/mail-search";
import type { Position, TracePage, TraceRow } from "@/lib/model/trace";
import type { Store } from "@/lib/store/store";

/** Signing in and asking for consent, as the Microsoft adapter offers them. */
export type Identity = {
  begin(request: {
    readonly redirectUri: string;
    readonly loginHint?: string;
  }): Promise<Result<{ readonly url: string; readonly state: string; readonly nonce: string; readonly verifier: string }>>;
  finish(answer: {
    readonly params: Readonly<Record<string, string | undefined>>;
    readonly redirectUri: string;
    readonly state: string;
    readonly nonce: string;
    readonly verifier: string;
  }): Promise<
    Result<{
      readonly tenantId: string;
      readonly oid: string;
      readonly name: string;
      readonly upn: string;
      readonly directoryRoles: readonly string[];
      readonly appRoles: readonly string[];
    }>
  >;
  consentUrl(request: { readonly tenant: string; readonly redirectUri: string; readonly state: string }): string;
  readConsentAnswer(
    params: Readonly<Record<string, string | undefined>>,
    expected: { readonly tenant: string; readonly state: string | undefined },
  ): Result<null>;
};

/** A notice to one person. */
export type SendMail = (notice: { readonly to: string; readonly subject: string; readonly text: string }) => Promise<Result<unknown>>;

/** For the end-to-end proof: sends one message to one mail server, and asks message trace what became of it. */
export type TestMail = {
  /** As the environment names the sender: "Name <address>". */
  readonly from: string;
  readonly send: (
    host: string,
    letter: { readonly from: string; readonly to: string; readonly message: string },
  ) => Promise<Result<{ readonly end: "accepted" | "refused" | "later" | "unsure"; readonly said: Said }>>;
  readonly traces: {
    readonly byMessageId: (tenant: string, ids: readonly string[], span: Span) => Promise<Result<readonly TraceRow[]>>;
    readonly byAddresses: (tenant: string, who: { sender: string; recipient: string }, span: Span) => Promise<Result<readonly TraceRow[]>>;
    readonly events: (tenant: string, row: Pick<TraceRow, "id" | "recipient">, span: Span) => Promise<Result<readonly TraceEvent[]>>;
  };
};
/** ms since 1970. */
type Span = { readonly from: number; readonly until: number };

/** The vendor's record of a customer's mail, opened with the customer's token. */
export type Messages = {
  /** One page, newest first. `cursor` null: the first. `next` null: the last. `not-ready` while the vendor still puts it together. */
  readonly search: (
    access: CloudflareAccess,
    search: MailSearch,
    page: { readonly cursor: string | null; readonly most: number; readonly isMoved?: boolean },
  ) => Promise<Result<{ readonly rows: readonly FoundMessage[]; readonly next: string | null }>>;
  readonly one: (access: CloudflareAccess, id: string) => Promise<Result<FoundMessage>>;
  readonly detections: (access: CloudflareAccess, id: string) => Promise<Result<Detections>>;
  readonly trace: (access: CloudflareAccess, id: string) => Promise<Result<MessageTrace>>;
  /** Oldest first. */
  readonly actions: (access: CloudflareAccess, id: string) => Promise<Result<readonly ActionEntry[]>>;
  /** A PNG that the vendor drew, checked to be one. */
  readonly picture: (access: CloudflareAccess, id: string) => Promise<Result<Uint8Array>>;
  /** The message as it came, byte for byte. */
  readonly raw: (access: CloudflareAccess, id: string) => Promise<Result<Uint8Array>>;
  /**
   * One write, sent once, of at most 1,000 messages; ids that the answer does not speak of are missing from the map. Recipients fail one by one inside a success.
   * `unsure` when the answer was lost: only the record tells what was done.
   */
  readonly move: (
    access: CloudflareAccess,
    ids: readonly string[],
    destination: Folder,
  ) => Promise<Result<ReadonlyMap<string, readonly Outcome[]>>>;
  readonly release: (access: CloudflareAccess, ids: readonly string[]) => Promise<Result<ReadonlyMap<string, readonly Outcome[]>>>;
};

/** Somebody in a tenant's directory, with a mail address. */
export type FoundPerson = { readonly name: string; readonly address: string; readonly usageLocation: string; readonly office: string };

export type Part = { readonly name: string; readonly ok: boolean; readonly ms: number; readonly say: string };

export type Deps = {
  readonly store: Store;
  /** Decides everything that waits; may be moved by tests and practice runs. */
  readonly clock: Clock & { readonly refresh: () => Promise<void> };
  /** The machine's own clock: sessions end by it, wherever the other one was moved. */
  readonly wall: Clock;
  readonly log: Log;
  readonly seal: Seal;
  readonly identity: Identity;
  /** The clouds of one tenant. `access` "without": Microsoft is not asked. `cloudflare` null: nor is Cloudflare. */
  readonly world: (tenant: string, access: "consent" | "without" | null, cloudflare: CloudflareAccess | null) => World;
  /** What an API token for Cloudflare is good for, found by reading alone; `accountId` null: of the only account that it shows. */
  readonly verifyCloudflareToken: (token: string, accountId: string | null) => Promise<Result<Verified>>;
  /** Message trace of a tenant that gave consent: one query, from where a report stands. */
  readonly traces: { readonly page: (tenant: string, position: Position) => Promise<Result<TracePage>> };
  /** People of a tenant that gave consent, by the beginning of their name or address. */
  readonly people: { readonly search: (tenant: string, typed: string) => Promise<Result<readonly FoundPerson[]>> };
  /** Whether the application gets a token for the tenant: what consent comes down to. */
  readonly proveAccess: (tenant: string) => Promise<Problem | null>;
  /** Asks each cloud whether it answers at all; for the health page. */
  readonly pingClouds: () => Promise<readonly Part[]>;
  /** Sends a notice; null where no mail server is set. */
  readonly sendMail: SendMail | null;
  readonly testMail: TestMail;
  readonly messages: Messages;
  readonly publicUrl: string;
  /** The tenant whose app role `Support.Staff` makes somebody staff. */
  readonly operatorTenant: string | undefined;
};
