/** A run as it goes on. */
import { inside } from "@/app/api/door";
import { liveAnswer } from "@/app/api/stream";
import { signalOfRun } from "@/components/signals";
import { cutover } from "@/lib/wiring";

export async function GET(request: Request, { params }: { readonly params: Promise<{ tenant: string; run: string }> }): Promise<Response> {
  const { tenant, run } = await params;
  return inside(tenant, ({ scope, visitor }) =>
    liveAnswer(request, (left) => cutover().runSignals(scope, visitor, run, left), signalOfRun),
  );
}
