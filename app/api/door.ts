/** The door of the routes under /api/t: like the pages', but it answers instead of leading elsewhere. */
import { problemJson } from "@/app/answers";
import { type Door, theVisitor } from "@/app/door";
import { no, type Result } from "@/lib/base/result";
import { cutover } from "@/lib/wiring";

export async function apiDoor(tenant: string): Promise<Result<Door>> {
  const visitor = await theVisitor();
  if (!visitor) return no("denied", "Your session has ended.", { fix: "Sign in again." });
  const scope = await cutover().open(visitor, tenant);
  return scope.ok ? { ok: true, value: { visitor, scope: scope.value } } : scope;
}

/** Runs `act` for whoever may come in; everybody else gets the problem as JSON. */
export async function inside(tenant: string, act: (door: Door) => Promise<Response>): Promise<Response> {
  const door = await apiDoor(tenant);
  return door.ok ? act(door.value) : problemJson(door.problem);
}
