/** What the vendor's application may do: all that moving messages needs, no more, and turned on. */
import { type Check, fail, pass, warn } from "@/lib/model/check";
import type { Profile } from "@/lib/profiles/profile";
import { type AuthorizationReading, whoMay } from "./retraction-authorization-reading";
import type { Application } from "./retraction-authorization-settings";
import { listed } from "./spans";

type Holders = AuthorizationReading["holders"];

/** The application's own page in Microsoft Entra: its permissions. */
export const reviewPage = ({ Guid, appId }: Application): string =>
  `https://entra.microsoft.com/#view/Microsoft_AAD_IAM/ManagedAppMenuBlade/~/Permissions/objectId/${encodeURIComponent(Guid)}/appId/${encodeURIComponent(appId)}`;

function missingCheck(name: string, application: Application, holders: Holders): Check {
  const reads = name === "Mail.ReadWrite" ? application.roles.filter((role) => /^Mail\.Read(Basic)?(\.All)?$/.test(role)) : [];
  const only = reads.length > 0 ? ` It has ${listed(reads)}, which reads messages and moves none.` : "";
  return fail(
    `permission/${name}`,
    `Missing, or taken back since.${only} Moving messages fails without it.`,
    `Authorise the application again and accept all that is asked for, by ${whoMay(holders)}. Its page: ${reviewPage(application)}`,
    { about: name },
  );
}

function extraCheck(application: Application, { retraction: { value } }: Profile): readonly Check[] {
  const extra = application.roles.filter((role) => !value.permissions.includes(role));
  if (extra.length === 0) return [];
  const known = value.morePermissions.filter(({ name }) => extra.includes(name)).map(({ name, what }) => `${name} is for ${what}`);
  return [
    warn(
      "permission/extra",
      `It holds more than moving messages needs: ${extra.join(", ")}.${known.length > 0 ? ` ${listed(known)}.` : ""}`,
      `Take away what you do not use, on its page: ${reviewPage(application)}`,
      { about: "More than is needed" },
    ),
  ];
}

export function permissionChecks(application: Application, holders: Holders, profile: Profile): readonly Check[] {
  const { permissions } = profile.retraction.value;
  const missing = permissions.filter((name) => !application.roles.includes(name));
  const all = pass("permissions", `It holds what moving messages needs: ${permissions.join(", ")}.`, { about: "Permissions" });
  return [
    ...(missing.length === 0 ? [all] : missing.map((name) => missingCheck(name, application, holders))),
    ...extraCheck(application, profile),
  ];
}

export function enabledCheck(application: Application): Check {
  const about = "Turned on";
  if (application.isEnabled) return pass("enabled", "It may sign in.", { about });
  return fail(
    "enabled",
    "Somebody turned off its sign-in, so it moves nothing, whatever it was granted.",
    `Set “Enabled for users to sign-in?” to Yes under Properties: ${reviewPage(application)}`,
    { about },
  );
}
