/** The connector that the vendor's mail comes in by: what it must be, and how one is recognised whoever made it. */
import { coversIp, overlaps } from "@/lib/model/addresses";
import type { Row } from "@/lib/model/nouns";
import { does, type Want } from "@/lib/model/want";
import { profiles } from "@/lib/profiles/all";
import type { Profile } from "@/lib/profiles/profile";

export type Connector = Row<"InboundConnector">;

/** Name and description are no part of the job: a connector made by hand does it under any name. */
export const connectorJob = ({ egress }: Profile) =>
  ({
    ConnectorType: "Partner",
    Enabled: true,
    SenderDomains: ["*"],
    SenderIPAddresses: { including: egress.value, covers: coversIp },
    RequireTls: true,
  }) satisfies Want<"InboundConnector">;

/** `RestrictDomainsToIPAddresses` refuses mail from everywhere else: right after the switch, fatal before it. */
export const connectorWant = (profile: Profile) =>
  ({
    Name: profile.inboundConnector.value.name,
    ...connectorJob(profile),
    RestrictDomainsToIPAddresses: false,
  }) satisfies Want<"InboundConnector">;

export const doesTheJob = (row: Connector, profile: Profile): boolean => does("InboundConnector", row, connectorWant(profile));

/** Also the lock-down's own connector: mail may be counted as coming in by either. */
export const bringsOurMail = (row: Connector, profile: Profile): boolean => does("InboundConnector", row, connectorJob(profile));

export const isForEverySender = (row: Connector): boolean => row.SenderDomains.includes("*");
/** It takes mail of every sender only from certain servers: everything else is refused. */
export const isLockDown = (row: Connector): boolean =>
  row.Enabled &&
  row.ConnectorType === "Partner" &&
  isForEverySender(row) &&
  (row.RestrictDomainsToIPAddresses || row.RestrictDomainsToCertificate);

/** What the lock-down's connector does beside being turned on: mail of every sender comes from the vendor's servers, or not at all. */
export const lockJob = (profile: Profile) => {
  const { Enabled: _, ...job } = connectorJob(profile);
  return { ...job, RestrictDomainsToIPAddresses: true } satisfies Want<"InboundConnector">;
};

/** It locks the door to everybody but the vendor, and leaves none of the vendor's servers outside. */
export const locksToVendor = (row: Connector, profile: Profile): boolean =>
  isLockDown(row) && !row.RestrictDomainsToCertificate && missingAddresses(row, profile).length === 0;

/** The one of ours by name, as this profile calls it or the other: what was made under the older name is put right, not made twice. */
export function namedAmong(rows: readonly Connector[], which: "inboundConnector" | "lockDownConnector", profile: Profile): string {
  const names = [profile, ...Object.values(profiles)].map((each) => each[which].value.name);
  return names.find((name) => rows.some((row) => row.Name === name && row.ConnectorType === "Partner")) ?? profile[which].value.name;
}

/** Its addresses that are the vendor's. */
export const ourAddresses = (row: Connector, { egress }: Profile): readonly string[] =>
  row.SenderIPAddresses.filter((ip) => egress.value.some((ours) => overlaps(ip, ours)));

export const missingAddresses = (row: Connector, { egress }: Profile): readonly string[] =>
  egress.value.filter((ours) => !row.SenderIPAddresses.some((held) => coversIp(held, ours)));
