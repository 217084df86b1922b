/** What the use cases are built from; wiring gives it to them once. */
import type { Clock } from "@/lib/base/clock";
import type { Log } from "@/lib/base/log";
import type { Problem, Result } from "@/lib/base/result";
import type { Seal } from "@/lib/base/seal";
import type { World } from "@/lib/engine/world";
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
  /** The clouds of one tenant. `access` "without": nothing but DNS is asked. */
  readonly world: (tenant: string, access: "consent" | "without" | null) => World;
  /** Whether the application gets a token for the tenant: what consent comes down to. */
  readonly proveAccess: (tenant: string) => Promise<Problem | null>;
  /** Asks each cloud whether it answers at all; for the health page. */
  readonly pingClouds: () => Promise<readonly Part[]>;
  readonly publicUrl: string;
  /** The tenant whose app role `Support.Staff` makes somebody staff. */
  readonly operatorTenant: string | undefined;
};
