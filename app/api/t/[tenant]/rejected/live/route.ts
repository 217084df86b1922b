/** The report on what would be refused as it goes on. */
import { inside } from "@/app/api/door";
import { liveAnswer } from "@/app/api/stream";
import { signalOfTrace } from "@/components/trace-signal";
import { cutover } from "@/lib/wiring";

export async function GET(request: Request, { params }: { readonly params: Promise<{ tenant: string }> }): Promise<Response> {
  const { tenant } = await params;
  return inside(tenant, ({ scope, visitor }) =>
    liveAnswer(request, (left) => cutover().rejected.signals(scope, visitor, left), signalOfTrace),
  );
}
