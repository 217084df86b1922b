/** A search of mail as a file for a spreadsheet. */
import { problemJson } from "@/app/answers";
import { insideMail } from "@/app/api/mail-door";
import { askOf } from "@/app/mail-ask";
import { streamFile } from "@/app/stream-file";
import { cutover } from "@/lib/wiring";

export async function GET(request: Request, { params }: { readonly params: Promise<{ tenant: string }> }): Promise<Response> {
  const { tenant } = await params;
  return insideMail(tenant, async (mail) => {
    const made = await cutover().mail.csv(mail, askOf(new URL(request.url).searchParams));
    return made.ok ? streamFile(made.value.fileName, "text/csv; charset=utf-8", made.value.texts) : problemJson(made.problem);
  });
}
