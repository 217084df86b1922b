/** The picture of a message that the vendor drew: the only way in which its HTML is ever seen here. */
import { problemJson } from "@/app/answers";
import { insideMail, STRANGE_HEADERS } from "@/app/api/mail-door";
import { decodedId } from "@/app/mail-ask";
import { streamBytes } from "@/app/stream-file";
import { cutover } from "@/lib/wiring";

type Props = { readonly params: Promise<{ tenant: string; message: string }> };

export async function GET(_request: Request, { params }: Props): Promise<Response> {
  const { tenant, message } = await params;
  return insideMail(tenant, async (mail) => {
    const picture = await cutover().mail.picture(mail, decodedId(message));
    return picture.ok ? streamBytes(picture.value, { "Content-Type": "image/png", ...STRANGE_HEADERS }) : problemJson(picture.problem);
  });
}
