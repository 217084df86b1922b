/** Why the vendor thinks of a message what it thinks; for detections alone. */
import { headersOf } from "../mail/headers";
import { hexId } from "./account";
import type { Context } from "./context";
import { entryWith } from "./entries";
import type { Entry } from "./entry";
import { type Answer, type Refusal, refusals } from "./errors";
import { threatsOf, validationOf } from "./found-message";
import { linkOf, sourceOf } from "./source";
import { isDetection, standingOf, verdictOf } from "./standing";

const mostHeaders = 40;

const attachments = ({ attachment, id }: Entry, size: number) =>
  attachment === null
    ? []
    : [
        {
          ...{ size, content_type: "application/octet-stream", detection: null, encrypted: false, filename: attachment, name: attachment },
          ...{ md5: hexId(id), sha1: hexId(id) + hexId(`${id}/1`).slice(0, 8), sha256: hexId(id) + hexId(`${id}/2`) },
        },
      ];

export function detections({ tenant, params, world }: Context): Answer | Refusal {
  const entry = entryWith(tenant, params["investigate_id"] ?? "");
  if (!entry || !isDetection(tenant.cloudflare, entry)) return refusals.noMessage();
  const disposition = verdictOf(tenant.cloudflare, entry);
  const { isQuarantined } = standingOf(tenant, entry, world.clock.now());
  const source = sourceOf(tenant, entry);
  const link = linkOf(tenant, entry);
  const finding = { name: "sandbox-verdict", detail: `The sandbox was told to find it ${disposition}.`, detection: disposition, score: 90 };
  const result = {
    action: isQuarantined ? "QUARANTINED" : "DELIVERED",
    attachments: attachments(entry, source.length),
    findings: [
      { ...finding, attachment: null, field: "subject", portion: "HEADER", reason: "Asked for", value: entry.subject.slice(0, 200) },
    ],
    headers: headersOf(source.toString("utf8", 0, 200_000)).slice(0, mostHeaders),
    links: link === null ? [] : [{ href: link, text: "Open" }],
    sender_info: {
      as_name: "Stranger networks",
      as_number: 64_500,
      geo: "ZZ",
      ip: entry.helo,
      pld: entry.sender.split("@").at(-1) ?? null,
    },
    threat_categories: threatsOf(disposition).map((name, index) => ({ id: index + 1, name, description: null })),
    validation: validationOf(disposition),
    final_disposition: disposition,
  };
  return { status: 200, result };
}
