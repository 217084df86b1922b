/** The door of the routes that hand out mail: the same as of the others, and behind it the right to read mail. */
import { problemJson } from "@/app/answers";
import type { MailScope } from "@/lib/model/scope";
import { cutover } from "@/lib/wiring";
import { inside } from "./door";

export async function insideMail(tenant: string, act: (mail: MailScope) => Promise<Response>): Promise<Response> {
  return inside(tenant, async ({ visitor }) => {
    const mail = await cutover().openMail(visitor, tenant);
    return mail.ok ? act(mail.value) : problemJson(mail.problem);
  });
}

/** What a stranger wrote is never a page of ours, whatever a browser takes it for, and stays nowhere. Its content policy is in proxy.ts. */
export const STRANGE_HEADERS = {
  "X-Content-Type-Options": "nosniff",
  "Cross-Origin-Resource-Policy": "same-origin",
  "Cache-Control": "no-store",
} as const;
