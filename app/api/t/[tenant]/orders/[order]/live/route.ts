/** An order about mail as it is carried out. */
import { inside } from "@/app/api/door";
import { liveAnswer } from "@/app/api/stream";
import { signalOfOrder } from "@/components/order-signal";
import { cutover } from "@/lib/wiring";

type Props = { readonly params: Promise<{ tenant: string; order: string }> };

export async function GET(request: Request, { params }: Props): Promise<Response> {
  const { tenant, order } = await params;
  return inside(tenant, ({ scope, visitor }) =>
    liveAnswer(request, (left) => cutover().orders.signals(scope, visitor, order, left), signalOfOrder),
  );
}
