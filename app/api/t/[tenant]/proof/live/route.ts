/** The test messages on their way. */
import { inside } from "@/app/api/door";
import { liveAnswer } from "@/app/api/stream";
import { signalOfProof } from "@/components/signals";
import { cutover } from "@/lib/wiring";

export async function GET(request: Request, { params }: { readonly params: Promise<{ tenant: string }> }): Promise<Response> {
  const { tenant } = await params;
  return inside(tenant, ({ scope, visitor }) => liveAnswer(request, (left) => cutover().proofSignals(scope, visitor, left), signalOfProof));
}
