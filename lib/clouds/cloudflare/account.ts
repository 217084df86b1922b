/** One customer's account with the token that opens it: what every reader and writer here is given. */
import type { Clock } from "@/lib/base/clock";
import type { CloudflareAccess } from "@/lib/model/cloudflare-token";
import { type Client, type ClientDeps, clientFor } from "./client";

export type Account = { readonly client: Client; readonly clock: Clock; readonly token: string; readonly accountId: string };

export const accountFor = (deps: ClientDeps, { token, accountId }: CloudflareAccess): Account => ({
  client: clientFor(deps, token),
  clock: deps.clock,
  token,
  accountId,
});

/** `key`: the service's id of the object. Evidence: the request's id, and what was there before. */
export type Made = { readonly key: string; readonly evidence: Readonly<Record<string, string>> };
export const ALREADY = { note: "it was so already" } as const;
