/** The script that carries a plan out, as a file. */
import { fileAnswer } from "@/app/answers";
import { inside } from "@/app/api/door";
import { cutover } from "@/lib/wiring";

export async function GET(
  _request: Request,
  { params }: { readonly params: Promise<{ tenant: string; plan: string }> },
): Promise<Response> {
  const { tenant, plan } = await params;
  return inside(tenant, async ({ scope }) => fileAnswer(await cutover().planScript(scope, plan)));
}
