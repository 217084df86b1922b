/** What an operation is given, once the caller is known, allowed and understood. */
import type { CloudflareAccount, CloudflareToken, Tenant, Zone } from "../tenant";
import type { World } from "../world";
import type { Answer, Refusal } from "./errors";

export interface Context {
  world: World;
  tenant: Tenant;
  account: CloudflareAccount;
  token: CloudflareToken;
  url: URL;
  /** The zone that the path names. */
  zone: Zone | null;
  params: Record<string, string>;
  query: URLSearchParams;
  /** The body where it is an object, else empty. */
  body: Record<string, unknown>;
  /** The body as it came. */
  sent: unknown;
  /** A lying service: lists are empty; what is written to settings and zones is taken back by the caller, nothing is done with messages. */
  lies: boolean;
}

/** By operation id. */
export type Operations = Record<string, (context: Context) => Answer | Refusal | Promise<Answer | Refusal>>;
