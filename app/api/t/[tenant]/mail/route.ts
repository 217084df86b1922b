/** One page of a search of mail, for the list that grows while somebody scrolls. */
import { problemJson } from "@/app/answers";
import { insideMail } from "@/app/api/mail-door";
import { askOf } from "@/app/mail-ask";
import { cutover } from "@/lib/wiring";

export async function GET(request: Request, { params }: { readonly params: Promise<{ tenant: string }> }): Promise<Response> {
  const { tenant } = await params;
  return insideMail(tenant, async (mail) => {
    const found = await cutover().mail.search(mail, askOf(new URL(request.url).searchParams));
    return found.ok ? Response.json(found.value, { headers: { "Cache-Control": "no-store" } }) : problemJson(found.problem);
  });
}
