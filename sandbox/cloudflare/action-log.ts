/** What people and programs did with a message after delivery, oldest first. */
import type { Context } from "./context";
import { entryWith } from "./entries";
import { type Answer, type Refusal, refusals } from "./errors";
import { paged } from "./paging";
import { actionsOf, movesOf } from "./standing";
import type { Action, Move } from "./state";

const iso = (at: number) => new Date(at).toISOString();

/** Names of properties as the dashboard's export has them; the contract leaves them open. */
const ofMove = ({ at, destination, requestedBy, recipient, status, success }: Move) => ({
  ...{ completed_at: iso(at), started_at: iso(at), operation: "MOVE", status, success },
  properties: { folder: destination, requested_by: requestedBy, recipient },
});

const ofAction = ({ at, operation, requestedBy, recipient, status, success }: Action) => ({
  ...{ completed_at: iso(at), started_at: iso(at), operation, status, success },
  properties: { requested_by: requestedBy, ...(recipient === null ? {} : { recipient }) },
});

export function actionLog({ tenant, params, query }: Context): Answer | Refusal {
  const entry = entryWith(tenant, params["investigate_id"] ?? "");
  if (!entry) return refusals.noMessage();
  const all = [...movesOf(tenant.cloudflare, entry).map(ofMove), ...actionsOf(tenant.cloudflare, entry).map(ofAction)];
  const inOrder = all.sort((one, other) => (one.completed_at < other.completed_at ? -1 : one.completed_at > other.completed_at ? 1 : 0));
  return paged(inOrder, query, 20);
}
