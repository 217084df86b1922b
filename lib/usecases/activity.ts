/** Who did what and when, newest first, for the admin and for staff alike. */
import { z } from "zod";
import { ok, type Result } from "@/lib/base/result";
import type { TenantScope } from "@/lib/model/scope";
import type { EventRow } from "@/lib/store/events";
import type { Deps } from "./deps";
import { sayOf } from "./event-words";
import { loadSetup, type Setup, stepById } from "./setup";
import { headOf, hrefOf } from "./show";
import type { ActivityView, EventView, Visitor } from "./views";

const PAGE = 50;

const ofOrder = z.object({ order: z.string() });

/** Of what is no step, but has a page of its own. */
function placeOf({ scope }: Setup, { kind, detail }: EventRow): { readonly title: string; readonly href: string } | null {
  if (kind.startsWith("proof-")) return { title: "Test mail", href: `/t/${scope.tenant}/proof` };
  const order = kind.startsWith("order-") ? ofOrder.safeParse(detail) : null;
  return order?.success ? { title: "Moves and releases", href: `/t/${scope.tenant}/orders/${order.data.order}` } : null;
}

function viewOf(setup: Setup, event: EventRow): EventView {
  const place = placeOf(setup, event);
  const step = event.step === null ? undefined : stepById(event.step);
  return {
    id: String(event.id),
    at: event.at,
    who: event.actor.name,
    isStaff: event.actor.kind === "staff",
    say: sayOf(event.kind, event.detail),
    step: step?.texts(setup.profile).title ?? place?.title ?? null,
    href: step ? hrefOf(setup.scope, step) : (place?.href ?? null),
    detail: null,
  };
}

export const activity =
  (deps: Deps) =>
  async (scope: TenantScope, visitor: Visitor, before?: string): Promise<Result<ActivityView>> => {
    const setup = await loadSetup(deps, scope);
    if (!setup.ok) return setup;
    const from = before && /^\d{1,15}$/.test(before) ? { before: Number(before) } : {};
    const rows = await deps.store.events.list(scope, { ...from, limit: PAGE + 1 });
    const shown = rows.slice(0, PAGE);
    const last = shown.at(-1);
    return ok({
      head: headOf(setup.value, visitor),
      events: shown.map((e) => viewOf(setup.value, e)),
      older: rows.length > PAGE && last ? String(last.id) : null,
    });
  };
