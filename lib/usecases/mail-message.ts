/** One message: who, when and why, its parts, its picture, and itself as a file. Every look is written down before anything is handed over. */
import { ok, type Result } from "@/lib/base/result";
import type { ActionEntry, Detections, FoundMessage, MessageTrace } from "@/lib/model/found-message";
import type { MailScope } from "@/lib/model/scope";
import type { Deps } from "./deps";
import { isMessageId, mailAccess, NO_MESSAGE, noteAct } from "./mail-opening";

/** Parts are asked for one by one, so that one that is slow or fails holds up no other. */
export type OpenedMail = {
  readonly message: FoundMessage;
  readonly detections: () => Promise<Result<Detections>>;
  readonly trace: () => Promise<Result<MessageTrace>>;
  readonly actions: () => Promise<Result<readonly ActionEntry[]>>;
};

export const mailMessage =
  (deps: Deps) =>
  async (mail: MailScope, id: string): Promise<Result<OpenedMail>> => {
    if (!isMessageId(id)) return NO_MESSAGE;
    const access = await mailAccess(deps, mail);
    if (!access.ok) return access;
    const found = await deps.messages.one(access.value, id);
    if (!found.ok) return found;
    await noteAct(deps, mail, "mail-seen", id);
    return ok({
      message: found.value,
      detections: () => deps.messages.detections(access.value, id),
      trace: () => deps.messages.trace(access.value, id),
      actions: () => deps.messages.actions(access.value, id),
    });
  };

export const mailPicture =
  (deps: Deps) =>
  async (mail: MailScope, id: string): Promise<Result<Uint8Array>> => {
    if (!isMessageId(id)) return NO_MESSAGE;
    const access = await mailAccess(deps, mail);
    if (!access.ok) return access;
    const picture = await deps.messages.picture(access.value, id);
    if (picture.ok) await noteAct(deps, mail, "mail-picture", id);
    return picture;
  };

export type RawMail = { readonly fileName: string; readonly bytes: Uint8Array };

/** A name that says nothing of the message but which one it is. */
const fileNameOf = (id: string): string => `message-${id.replace(/[^A-Za-z0-9]+/g, "-").slice(0, 80)}.eml`;

export const mailRaw =
  (deps: Deps) =>
  async (mail: MailScope, id: string): Promise<Result<RawMail>> => {
    if (!isMessageId(id)) return NO_MESSAGE;
    const access = await mailAccess(deps, mail);
    if (!access.ok) return access;
    const raw = await deps.messages.raw(access.value, id);
    if (!raw.ok) return raw;
    await noteAct(deps, mail, "mail-downloaded", id);
    return ok({ fileName: fileNameOf(id), bytes: raw.value });
  };
