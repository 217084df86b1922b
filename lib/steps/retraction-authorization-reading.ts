/** What is read about the vendor's application: all of its name, whoever owns them, and who may authorise one. */
import type { Result } from "@/lib/base/result";
import type { Row } from "@/lib/model/nouns";
import { ask, per, type Reading } from "@/lib/model/query";
import type { Profile } from "@/lib/profiles/profile";
import { type Application, type AuthorizationSettings, idsOf } from "./retraction-authorization-settings";
import { listed } from "./spans";

/** Roles that may grant application permissions for a whole organisation, by template id. The vendor asks for the first; Microsoft takes either. */
export const AUTHORIZERS = {
  "e8611ab8-c189-46e8-94e1-60213ab1f814": "Privileged Role Administrator",
  "62e90394-69f5-4237-9190-012177145e10": "Global Administrator",
} as const;

/** Keyed, so that holders who cannot be read hide nothing about the application. */
export const authorizationQueries = (_: AuthorizationSettings, { retraction }: Profile) => ({
  applications: per(["tenant"], () => ask("vendorApplication", retraction.value.application)),
  holders: per(Object.keys(AUTHORIZERS), (role) => ask("roleHolder", role)),
});
export type AuthorizationReading = Reading<ReturnType<typeof authorizationQueries>>;

export type Found = {
  readonly all: readonly Application[];
  /** The one that was confirmed, if it is there. */
  readonly confirmed: Application | null;
  /** The one that everything else is judged of: the confirmed one, or the only one of its name. */
  readonly judged: Application | null;
  /** Of the same name, and not the confirmed one. */
  readonly others: readonly Application[];
};

export function foundIn(all: readonly Application[], { application }: AuthorizationSettings): Found {
  const confirmed = all.find((one) => idsOf(one) === application) ?? null;
  const [only = null] = all.length === 1 && application === "" ? all : [];
  return { all, confirmed, judged: confirmed ?? only, others: application === "" ? [] : all.filter((one) => one !== confirmed) };
}

type Holders = Readonly<Record<string, Result<readonly Row<"roleHolder">[]>>>;
/** More names than anybody asks one after the other. */
const MOST_NAMES = 5;

const named = ({ Name, upn }: Row<"roleHolder">): string => (upn === "" ? Name : `${Name} (${upn})`);
export const holderNames = (rows: readonly Row<"roleHolder">[]): string =>
  rows.length > MOST_NAMES
    ? `${rows.slice(0, MOST_NAMES).map(named).join(", ")} and ${rows.length - MOST_NAMES} more`
    : listed(rows.map(named));

/** Each person once, whichever of the roles they hold; null while not all were read. */
export function authorizersIn(holders: Holders): readonly Row<"roleHolder">[] | null {
  const answers = Object.values(holders);
  const rows = answers.flatMap((answer) => (answer.ok ? answer.value : []));
  if (answers.some((answer) => !answer.ok)) return null;
  return rows.filter((row, i) => rows.findIndex((other) => other.Guid === row.Guid) === i);
}

/** Without access, and without an upload, nothing was asked: then a word has to do. */
export const isUnasked = (answer: Result<unknown> | undefined): boolean => !answer || (!answer.ok && answer.problem.code === "not-asked");

/** Whom to ask, in words that stay true where nobody could be read. */
export function whoMay(holders: Holders): string {
  const people = authorizersIn(holders) ?? [];
  const roles = Object.values(AUTHORIZERS).join(" or ");
  return people.length === 0 ? `a ${roles}` : `one of those who may (${roles}): ${holderNames(people)}`;
}
