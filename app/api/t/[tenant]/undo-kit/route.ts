/** The undo kit, as a file. */
import { fileAnswer } from "@/app/answers";
import { inside } from "@/app/api/door";
import { cutover } from "@/lib/wiring";

export async function GET(_request: Request, { params }: { readonly params: Promise<{ tenant: string }> }): Promise<Response> {
  const { tenant } = await params;
  return inside(tenant, async ({ scope }) => fileAnswer(await cutover().undoKit(scope)));
}
