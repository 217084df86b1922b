/** Who may come in where mail is read: asked once a request, behind the door of the tenant's other pages. */
import { cache } from "react";
import { type Door, enter } from "@/app/door";
import type { Result } from "@/lib/base/result";
import type { MailScope } from "@/lib/model/scope";
import { cutover } from "@/lib/wiring";

export type MailDoor = Door & { readonly mail: MailScope };

/** `denied` comes back as a value, for the page that says so; everybody else is sent away as from any page of the tenant. */
export const enterMail = cache(async (tenant: string, returnTo: string): Promise<Result<MailDoor>> => {
  const door = await enter(tenant, returnTo);
  const mail = await cutover().openMail(door.visitor, tenant);
  return mail.ok ? { ok: true, value: { ...door, mail: mail.value } } : mail;
});
