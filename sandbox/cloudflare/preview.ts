/** The picture of a message: a detection's is the vendor's own, any other is drawn from the mailbox. */
import { copiesCalled } from "../mail/copies";
import { personNamed } from "../people";
import type { Tenant } from "../tenant";
import type { Context } from "./context";
import { entryWith } from "./entries";
import type { Entry } from "./entry";
import { type Answer, type Refusal, refusals } from "./errors";
import { previewPicture } from "./picture";
import { isDetection } from "./standing";

function looked({ world, account, token, lies }: Context, { id }: Entry): Answer {
  const about = { messageId: id, operation: "PREVIEW" as const, at: world.clock.now(), requestedBy: token.name, recipient: null };
  if (!lies) account.actions.push({ ...about, success: true, status: "success" });
  world.save();
  return { status: 200, result: { screenshot: previewPicture() } };
}

export function previewOfDetection(context: Context): Answer | Refusal {
  const { tenant, params } = context;
  const entry = entryWith(tenant, params["investigate_id"] ?? "");
  if (!entry) return refusals.noMessage();
  return isDetection(tenant.cloudflare, entry) ? looked(context, entry) : refusals.noPreview("There is no detection for this message");
}

const canRead = ({ vendorApplication: of }: Tenant) =>
  of !== null &&
  of.revokedAt === null &&
  of.disabled !== true &&
  of.roles.some((role) => role === "Mail.Read" || role === "Mail.ReadWrite");

const isInInbox = (tenant: Tenant, { recipients, messageId }: Entry) =>
  recipients.some((address) => {
    const user = personNamed(tenant, address);
    return user !== undefined && copiesCalled(tenant, user, messageId).some(({ folder }) => folder === "Inbox");
  });

export function previewOfOther(context: Context): Answer | Refusal {
  const { tenant, body } = context;
  const entry = entryWith(tenant, String(body["id"]));
  if (!entry) return refusals.noMessage();
  if (isDetection(tenant.cloudflare, entry)) return refusals.noPreview("This message has a detection: use its own preview");
  if (!canRead(tenant)) return refusals.noPreview("There is no active integration");
  return isInInbox(tenant, entry) ? looked(context, entry) : refusals.noPreview("The message is no longer in the recipient's inbox");
}
