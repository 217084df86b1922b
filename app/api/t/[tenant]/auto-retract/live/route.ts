/** Auto-retract as it goes on: its looks, its numbers, and its stop. */
import { inside } from "@/app/api/door";
import { liveAnswer } from "@/app/api/stream";
import { signalOfAuto } from "@/components/order-signal";
import { cutover } from "@/lib/wiring";

export async function GET(request: Request, { params }: { readonly params: Promise<{ tenant: string }> }): Promise<Response> {
  const { tenant } = await params;
  return inside(tenant, ({ scope, visitor }) =>
    liveAnswer(request, (left) => cutover().autoRetract.signals(scope, visitor, left), signalOfAuto),
  );
}
