/** People of the directory whose name or address begins with what is typed. */
import { problemJson } from "@/app/answers";
import { inside } from "@/app/api/door";
import { cutover } from "@/lib/wiring";

export async function GET(request: Request, { params }: { readonly params: Promise<{ tenant: string }> }): Promise<Response> {
  const { tenant } = await params;
  const typed = new URL(request.url).searchParams.get("q") ?? "";
  return inside(tenant, async ({ scope }) => {
    const found = await cutover().regionPeople.search(scope, typed);
    return found.ok ? Response.json({ people: found.value }, { headers: { "Cache-Control": "no-store" } }) : problemJson(found.problem);
  });
}
