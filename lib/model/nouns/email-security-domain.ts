/** A domain as the vendor knows it: where mail goes next, what is held back, how it is encrypted. Source: the vendor's settings/domains API. */
import { z } from "zod";
import { noun } from "../noun";
import { list } from "../spelling";

const orNull = <T>(shape: z.ZodType<T>) => z.preprocess((v) => (v === undefined || v === "" ? null : v), shape.nullable());
const challenge = z.object({ txt_record_name: z.string(), txt_record_value: z.string(), status: z.preprocess((v) => v ?? "", z.string()) });

export const emailSecurityDomainNoun = noun({
  title: "Domain",
  isRemembered: true,
  asked: { cloud: "cloudflare", question: "domains" },
  permission: "",
  place: "Cloudflare dashboard > Zero Trust > Email security > Settings > Domains",
  link: "https://dash.cloudflare.com/?to=/:account/email-security/settings",
  labels: {
    deliveryModes: "Configured as",
    forwardingTo: "Forwarding to",
    ipRestrictions: "IP Restrictions",
    tlsOutbound: "Outbound TLS: forward all messages over TLS",
    tlsInbound: "Inbound TLS",
    quarantined: "Quarantine Policy",
    hops: "Hops",
    regions: "Processing location",
  },
  toggles: ["tlsOutbound", "tlsInbound"],
  whole: ["deliveryModes", "ipRestrictions", "quarantined", "regions"],
  finality: "Deleting a domain at the vendor cannot be taken back: it has to be added and verified anew.",
  // A write of settings/domains answers with the object; a list may trail behind.
  shownMs: 60_000,
  worksMs: 10 * 60_000,
  shape: z
    .object({
      id: z.string(),
      domain: z.string(),
      allowed_delivery_modes: list,
      drop_dispositions: list,
      ip_restrictions: list,
      transport: orNull(z.string()),
      require_tls_outbound: orNull(z.boolean()),
      require_tls_inbound: orNull(z.boolean()),
      lookback_hops: orNull(z.number()),
      regions: list,
      // Upper case since SDK 7.2, lower case before (facts: drift table).
      status: orNull(z.string()),
      verification: orNull(challenge),
    })
    .transform((row) => ({
      Guid: row.id,
      Name: row.domain.toLowerCase(),
      deliveryModes: row.allowed_delivery_modes,
      quarantined: row.drop_dispositions,
      ipRestrictions: row.ip_restrictions,
      forwardingTo: row.transport?.toLowerCase().replace(/\.$/, "") ?? null,
      tlsOutbound: row.require_tls_outbound ?? false,
      tlsInbound: row.require_tls_inbound ?? false,
      hops: row.lookback_hops,
      regions: row.regions,
      status: row.status?.toUpperCase() ?? null,
      challengeName: row.verification?.txt_record_name ?? null,
      challengeValue: row.verification?.txt_record_value ?? null,
      challengeStatus: row.verification?.status ?? null,
    })),
});
