/** What was found of the name, the least set of permissions, and the people who may authorise it. */
import type { Profile } from "@/lib/profiles/profile";
import { reviewPage } from "./retraction-authorization-permissions";
import { AUTHORIZERS, type AuthorizationReading, holderNames, isUnasked } from "./retraction-authorization-reading";
import type { AuthorizationSettings } from "./retraction-authorization-settings";
import type { Evidence } from "./shape";

function applications({ applications: { tenant } }: AuthorizationReading, { retraction: { value } }: Profile): readonly Evidence[] {
  if (!tenant?.ok || tenant.value.length === 0) return [];
  return [
    {
      title: `Applications called “${value.application}”`,
      columns: ["Application id", "Owner's organisation", "Turned on", "Permissions", "Its page"],
      rows: tenant.value.map((one) => [
        one.appId,
        one.ownerId === "" ? "Not told" : one.ownerId,
        one.isEnabled ? "Yes" : "No",
        one.roles.length > 0 ? one.roles.join(", ") : "None",
        reviewPage(one),
      ]),
    },
  ];
}

/** What each permission of the least set lets an application do. Source: Microsoft Graph permissions reference; the vendor gives no reasons. */
const USES: Readonly<Record<string, string>> = {
  "Mail.ReadWrite": "Finding a message in a mailbox, and moving or deleting it",
  "Group.Read.All": "Reading groups that a message was sent to",
  "GroupMember.Read.All": "Reading who is in such a group",
  "User.Read.All": "Finding the mailbox of a recipient",
  "Domain.Read.All": "Knowing which domains are yours",
  "Organization.Read.All": "Knowing which organisation it works for",
};

const least = ({ retraction: { value } }: Profile): Evidence => ({
  title: "What moving messages needs, and no more",
  columns: ["Permission", "What for"],
  rows: value.permissions.map((name) => [name, USES[name] ?? ""]),
});

function holders(reading: AuthorizationReading): Evidence {
  return {
    title: "Who may authorise it",
    columns: ["Role", "Held by"],
    rows: Object.entries(AUTHORIZERS).map(([id, role]) => {
      const answer = reading.holders[id];
      if (!answer?.ok) return [role, answer?.problem.say ?? "Not read yet"];
      return [role, answer.value.length === 0 ? "Nobody at this moment" : holderNames(answer.value)];
    }),
  };
}

export const authorizationEvidence = (
  reading: AuthorizationReading,
  { access }: AuthorizationSettings,
  profile: Profile,
): readonly Evidence[] =>
  access === "without" && isUnasked(reading.applications["tenant"])
    ? [least(profile)]
    : [...applications(reading, profile), holders(reading), least(profile)];
