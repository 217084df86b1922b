/** Whether the vendor's application is there, is the vendor's, may do what it needs and no more; and who may authorise it again. */
import { no } from "@/lib/base/result";
import { type Check, fail, onWord, pass, unknown, warn } from "@/lib/model/check";
import type { Row } from "@/lib/model/nouns";
import type { Profile } from "@/lib/profiles/profile";
import { enabledCheck, permissionChecks, reviewPage } from "./retraction-authorization-permissions";
import {
  AUTHORIZERS,
  type AuthorizationReading,
  authorizersIn,
  type Found,
  foundIn,
  holderNames,
  isUnasked,
  whoMay,
} from "./retraction-authorization-reading";
import type { Application, AuthorizationSettings } from "./retraction-authorization-settings";
import { listed } from "./spans";

const notAsked = no("not-asked", "This has not been read yet.", { fix: "Look again." });

const both = ({ appId, ownerId }: Application): string =>
  `application id ${appId}, organisation ${ownerId === "" ? "not told by Microsoft" : ownerId}`;
const REMOVE = "Microsoft Entra admin center > Enterprise applications > its name > Properties > Delete";

function foundCheck(
  { all, confirmed, judged }: Found,
  { application }: AuthorizationSettings,
  holders: AuthorizationReading["holders"],
  { retraction: { value } }: Profile,
): Check {
  const about = "The application";
  const where = `It is done in ${value.authorize.place}, by ${whoMay(holders)}.`;
  if (application !== "" && confirmed === null)
    return fail(
      "found",
      `The application that was confirmed is not in your organisation any more (application and organisation id: ${application}). Its consent was revoked, or it was deleted, so no message is moved.`,
      `Find out who took it away. To have it back, authorise it again. ${where}`,
      { about },
    );
  if (all.length === 0)
    return fail(
      "found",
      `Your organisation has no application called “${value.application}”: nobody has authorised moving messages yet.`,
      `Authorise it. ${where} If ${value.menu} does not show there, send the message below to support.`,
      { about },
    );
  const saw =
    judged === null ? `${all.length} applications are called “${value.application}”.` : `“${judged.Name}” is there: ${both(judged)}.`;
  return pass("found", saw, { about });
}

/** Anybody may give an application this name, and ask somebody to consent to it. */
function identityCheck({ all, confirmed }: Found, { application }: AuthorizationSettings, profile: Profile): readonly Check[] {
  const about = "Whose it is";
  if (confirmed !== null) return [pass("identity", `Somebody confirmed both ids: ${both(confirmed)}. It is still that one.`, { about })];
  if (all.length === 0 || application !== "") return [];
  return [
    {
      id: "identity",
      verdict: "unknown",
      about,
      saw: `${listed(all.map((one) => `“${one.Name}” (${both(one)})`))} ${all.length === 1 ? "has" : "have"} the right name. A name proves nothing: anybody can give it to an application.`,
      fix: `Ask ${profile.vendor}'s support for the two ids of its application, or authorise it yourself and see which one appears. Then choose it below, and save.`,
    },
  ];
}

/** Of Microsoft Graph, and the whole mailbox by Exchange's own. */
const READS_MAIL = /^(Mail\.|full_access_as_app)/;
const reach = ({ roles }: Application): string => {
  const mail = roles.filter((role) => READS_MAIL.test(role));
  return mail.length > 0 ? `It can reach everybody's mail (${mail.join(", ")}).` : "It cannot reach mail.";
};

const unclear = (owners: number, { vendor }: Profile): Check =>
  warn(
    "look-alike",
    `Applications of this name belong to ${owners} organisations, so ${owners === 2 ? "one of them is not" : "all but one are not"} ${vendor}'s.`,
    `Confirm none before ${vendor}'s support has told you both ids. Ask whoever consented to the other what it is for.`,
    { about: "Look-alike" },
  );

/** The vendor's application has one owner everywhere: of two owners, one is somebody else. */
function lookAlikes({ all, others }: Found, { application }: AuthorizationSettings, profile: Profile): readonly Check[] {
  if (application === "") {
    const owners = new Set(all.map((one) => one.ownerId)).size;
    return owners > 1 ? [unclear(owners, profile)] : [];
  }
  return others.map((one) =>
    warn(
      `look-alike/${one.Guid}`,
      `Another application has the same name: ${both(one)}. It is not the one that was confirmed. ${reach(one)}`,
      `Find out who consented to it. If nobody knows it, remove it (${REMOVE}). Its page: ${reviewPage(one)}`,
      { about: `Look-alike “${one.Name}”` },
    ),
  );
}

/** How many are in it is not asked. */
const isGroup = ({ upn }: Row<"roleHolder">): boolean => upn === "";

/** Who consented is not asked: the application is tied to nobody's account. But somebody must be there to consent again. */
function holdersCheck(holders: AuthorizationReading["holders"]): Check {
  const about = "Who may authorise it";
  const refused = Object.values(holders).find((answer) => !answer.ok);
  if (refused && !refused.ok) return unknown("holders", refused.problem, { about });
  const people = authorizersIn(holders) ?? [];
  const roles = Object.values(AUTHORIZERS).join(" or ");
  if (people.length > 1 || people.some(isGroup)) return pass("holders", `${holderNames(people)} may, as ${roles}.`, { about });
  const saw =
    people.length === 0
      ? `Nobody is ${roles} at this moment.`
      : `Only ${holderNames(people)} may. If they leave, nobody can authorise it again.`;
  return warn(
    "holders",
    `${saw} Who has yet to activate the role is not counted.`,
    "Give a second person the role: Microsoft Entra admin center > Roles & admins > Privileged Role Administrator > Add assignments.",
    { about },
  );
}

function byWord({ authorized }: AuthorizationSettings, { retraction: { value } }: Profile): Check {
  const about = "The application";
  if (authorized.includes(value.application))
    return onWord(
      "found",
      `“${value.application}” is authorised, by your word. Cutover has no access to your organisation, so it cannot see it.`,
      "Look at its permissions in Microsoft Entra admin center > Enterprise applications from time to time.",
      { about },
    );
  return fail(
    "found",
    `Cutover has no access to your organisation, so it cannot see whether “${value.application}” is authorised.`,
    `Authorise it in ${value.authorize.place}. Then run the script that only looks and upload what it saved, or tick below that it is done.`,
    { about },
  );
}

export function authorizationChecks(reading: AuthorizationReading, chosen: AuthorizationSettings, profile: Profile): readonly Check[] {
  const { applications, holders } = reading;
  const { tenant: answer = notAsked } = applications;
  if (chosen.access === "without" && isUnasked(answer)) return [byWord(chosen, profile)];
  if (!answer.ok) return [unknown("found", answer.problem, { about: "The application" }), holdersCheck(holders)];
  const found = foundIn(answer.value, chosen);
  const { judged } = found;
  return [
    foundCheck(found, chosen, holders, profile),
    ...identityCheck(found, chosen, profile),
    ...lookAlikes(found, chosen, profile),
    ...(judged ? [enabledCheck(judged), ...permissionChecks(judged, holders, profile)] : []),
    holdersCheck(holders),
  ];
}
