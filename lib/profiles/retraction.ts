/** What a vendor publishes about moving messages after delivery. The two profiles differ in names, in the dashboard, and in where a soft delete ends. */
import type { Choice, Folder } from "@/lib/model/destinations";

export type MoveChoice = {
  readonly choice: Choice;
  /** As the dashboard has it. */
  readonly label: string;
  /** Where the message goes in Microsoft 365; null: nowhere. */
  readonly folder: Folder | null;
  readonly says: string;
  /** Not offered for Microsoft 365 in the dashboard. The API takes it all the same. */
  readonly isGoogleOnly?: true;
};

export type Retraction = {
  /** Display name of the enterprise application. No page publishes its id or its owner's. */
  readonly application: string;
  /** Application permissions of Microsoft Graph without which messages are not moved. */
  readonly permissions: readonly string[];
  /** What it may hold besides, and for what. */
  readonly morePermissions: readonly { readonly name: string; readonly what: string }[];
  /** Where it is authorised: the page, what is selected there, and what shows that it worked. */
  readonly authorize: { readonly place: string; readonly clicks: readonly string[]; readonly after: string };
  /** Where the table of dispositions is. */
  readonly autoMoves: { readonly place: string; readonly open: string; readonly save: string };
  /** The menu that support has to turn on for some customers. */
  readonly menu: string;
  /** In the dashboard's order of harm. */
  readonly choices: readonly MoveChoice[];
  /** Where messages are searched and moved by hand. */
  readonly trace: string;
  readonly support: { readonly place: string; readonly message: string };
};

/** The least set. Source: "Office 365 Graph API", read 2026-08-20; the same for both products. */
export const LEAST_TO_RETRACT: readonly string[] = [
  "Mail.ReadWrite",
  "Group.Read.All",
  "User.Read.All",
  "Domain.Read.All",
  "GroupMember.Read.All",
  "Organization.Read.All",
];

/** Source: the same page. */
export const MORE_FOR_DIRECTORY: Retraction["morePermissions"] = [{ name: "Directory.Read.All", what: "synchronising your directory" }];

export const supportMessage = (menu: string, where: string): string =>
  `Please turn on retraction (moving messages after delivery) for our account. We use Microsoft 365, and ${menu} does not show under ${where}. Our domain is: `;

/** The choice of a profile; every profile has all five. */
export function moveChoice(choice: Choice, { retraction }: { readonly retraction: { readonly value: Retraction } }): MoveChoice {
  const found = retraction.value.choices.find((one) => one.choice === choice);
  if (!found) throw new Error(`No profile lacks the choice ${choice}.`);
  return found;
}
