/** A step while something of it is still to come. */
import { inside } from "@/app/api/door";
import { liveAnswer } from "@/app/api/stream";
import { signalOfLook } from "@/components/signals";
import { cutover } from "@/lib/wiring";

export async function GET(request: Request, { params }: { readonly params: Promise<{ tenant: string; step: string }> }): Promise<Response> {
  const { tenant, step } = await params;
  return inside(tenant, ({ scope }) => liveAnswer(request, (left) => cutover().stepSignals(scope, step, left), signalOfLook));
}
