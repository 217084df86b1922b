/** A message as it came, as a file to keep: never shown, by no browser, as a page of ours. */
import { problemJson } from "@/app/answers";
import { insideMail, STRANGE_HEADERS } from "@/app/api/mail-door";
import { decodedId } from "@/app/mail-ask";
import { streamBytes } from "@/app/stream-file";
import { cutover } from "@/lib/wiring";

type Props = { readonly params: Promise<{ tenant: string; message: string }> };

export async function GET(_request: Request, { params }: Props): Promise<Response> {
  const { tenant, message } = await params;
  return insideMail(tenant, async (mail) => {
    const raw = await cutover().mail.raw(mail, decodedId(message));
    if (!raw.ok) return problemJson(raw.problem);
    const { fileName, bytes } = raw.value;
    const attachment = `attachment; filename="${fileName}"`;
    return streamBytes(bytes, { "Content-Type": "application/octet-stream", "Content-Disposition": attachment, ...STRANGE_HEADERS });
  });
}
