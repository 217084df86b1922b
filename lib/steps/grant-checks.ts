/** Which permissions and roles Cutover holds in the tenant, which are missing, who may grant them and where. */
import { type Check, fail, pass, warn } from "@/lib/model/check";
import type { Row } from "@/lib/model/nouns";

/** Template ids of Microsoft Entra's built-in roles; either lets an application do every task of these steps. */
const EXCHANGE_ADMINISTRATOR = "29232cdf-9323-42fd-ade2-1d097af3e4de";
const GLOBAL_ADMINISTRATOR = "62e90394-69f5-4237-9190-012177145e10";

const GRANT =
  "Ask a Global Administrator or Privileged Role Administrator to grant it: Microsoft Entra admin center > Enterprise applications > Cutover > Permissions > Grant admin consent.";
const ASSIGN =
  "Ask a Privileged Role Administrator or Global Administrator to assign it: Microsoft Entra admin center > Roles & admins > Exchange Administrator > Add assignments > Cutover. It works after a few minutes.";

/** Permissions that these steps never ask for: reading mail, and writing to the directory. */
const isTooMuch = (name: string): boolean => /^(Mail|Calendars|Files)\./.test(name) || /ReadWrite|full_access_as_app/.test(name);

function permissionCheck(name: string, titles: readonly string[], held: readonly string[]): Check {
  const about = name;
  const use = `It is used by: ${titles.join(", ")}.`;
  return held.includes(name)
    ? pass(`permission/${name}`, `Granted. ${use}`, { about })
    : fail(`permission/${name}`, `Missing. ${use}`, GRANT, { about });
}

function roleCheck({ directoryRoles }: Row<"grants">): Check {
  const about = "Exchange Administrator role";
  const isHeld = directoryRoles.some((id) => [EXCHANGE_ADMINISTRATOR, GLOBAL_ADMINISTRATOR].includes(id.toLowerCase()));
  if (isHeld) return pass("role/exchange-administrator", "Cutover holds the role that Exchange asks of an application.", { about });
  return fail(
    "role/exchange-administrator",
    "Cutover has no such role. Exchange refuses an application without it, whatever was consented.",
    ASSIGN,
    { about },
  );
}

/** @param needed permission -> titles of the steps that use it. */
export function grantChecks(rows: readonly Row<"grants">[], needed: ReadonlyMap<string, readonly string[]>): readonly Check[] {
  const row = rows[0];
  if (!row)
    return [
      fail(
        "grants",
        "Cutover is not an application of your tenant yet, or it was removed.",
        "Choose “Give access at Microsoft” and agree on Microsoft's page.",
        { about: "Permissions" },
      ),
    ];
  const extra = row.appRoles.filter((name) => !needed.has(name) && isTooMuch(name));
  const tooMuch = warn(
    "permission/extra",
    `Cutover holds more than it asks for: ${extra.join(", ")}.`,
    "Take it away: Microsoft Entra admin center > Enterprise applications > Cutover > Permissions. None of these steps uses it.",
    { about: "More than is needed" },
  );
  return [
    ...[...needed].map(([name, titles]) => permissionCheck(name, titles, row.appRoles)),
    roleCheck(row),
    ...(extra.length > 0 ? [tooMuch] : []),
  ];
}
