/** For tests: tenants, people and a plan to store. */

import { randomUUID } from "node:crypto";
import { type Change, digest } from "@/lib/model/change";
import { type Actor, TenantScope } from "@/lib/model/scope";
import type { TokenFound } from "./cloudflare-tokens";
import type { NewItem } from "./mail-item-rows";
import type { NewPlan } from "./plans";

export const staff: Actor = { kind: "staff", id: "staff", name: "Support staff" };
export const job: Actor = { kind: "system", id: "sweep", name: "Nightly sweep" };
export const scopeOf = (name: string): TenantScope =>
  TenantScope.mint(randomUUID(), { kind: "admin", id: randomUUID(), name: `${name} admin` });

export const sampleChange: Change = {
  do: "set",
  kind: "HostedConnectionFilterPolicy",
  key: "Default",
  name: "Default",
  edits: { EnableSafeList: { from: false, to: true } },
  hands: "us",
};

/** What a look at a Cloudflare token that shows nothing told. */
export const nothingFound: TokenFound = { accounts: [], accountName: "", expiresAt: null, permissions: [], problem: null };

export const planOf = (step: string, changes: readonly Change[] = [sampleChange]): NewPlan => ({
  isUndo: false,
  parts: [{ step, settings: {}, changes }],
  digest: digest(changes),
  way: "us",
  nonce: randomUUID(),
  at: 1,
  expiresAt: 1_000,
});

/** A message of an order that waits to be moved to Junk Email. */
export const itemOf = (message: string, more: Partial<NewItem> = {}): NewItem => ({
  ...{ message, state: "waiting", destination: "JunkEmail", at: 1_000, reason: null },
  about: {
    messageId: `<${message}@sender.example>`,
    from: "a@sender.example",
    subject: "Hello",
    recipients: ["b@contoso.com"],
    disposition: "SPAM",
  },
  ...more,
});
