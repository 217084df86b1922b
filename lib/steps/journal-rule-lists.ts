/** The distribution lists that journal rules are for: with two regions one for each, with one region none. */
import { z } from "zod";
import type { Result } from "@/lib/base/result";
import { type Check, fail, pass, unknown } from "@/lib/model/check";
import { plainAddress } from "@/lib/model/mail-address";
import type { Row } from "@/lib/model/nouns";
import { combined } from "./combined";
import type { Job } from "./journal-connector-want";

export const listAddresses = z.record(z.string(), z.string().max(320).transform(plainAddress)).default({});
type Lists = Readonly<Record<string, string>>;

export const listOf = (region: string, lists: Lists): string | null => (Object.hasOwn(lists, region) ? lists[region] : null) || null;

const GROUPS = ["MailUniversalDistributionGroup", "MailNonUniversalGroup", "MailUniversalSecurityGroup", "DynamicDistributionGroup"];
const step = "journal-regions";

function listCheck({ region }: Job, lists: Lists, seen: Readonly<Record<string, Result<readonly Row<"Recipient">[]>>>): Check {
  const about = `List of ${region.title}`;
  const list = listOf(region.id, lists);
  if (list === null) return fail(region.id, "No list is chosen for it.", "Choose the lists first.", { about, step });
  const found = seen[list];
  if (!found?.ok) return unknown(region.id, found?.problem ?? { code: "not-asked", say: `Nobody has looked for ${list} yet.` }, { about });
  const row = found.value.find((one) => one.PrimarySmtpAddress === list || one.EmailAddresses.includes(list));
  if (!row) return fail(region.id, `There is no list ${list}.`, "Make the lists first.", { about, step });
  if (GROUPS.includes(row.RecipientTypeDetails)) return pass(region.id, `${list} is there.`, { about });
  return fail(region.id, `${list} is no distribution list (${row.RecipientTypeDetails}).`, "Choose a list for it.", { about, step });
}

/** Rules for a list that is not there would be refused, or journal nobody. */
export const listsGuard = (
  jobs: readonly Job[],
  lists: Lists,
  seen: Readonly<Record<string, Result<readonly Row<"Recipient">[]>>>,
): Check =>
  combined(
    "lists",
    jobs.length > 1 ? jobs.map((job) => listCheck(job, lists, seen)) : [],
    jobs.length > 1 ? "Each region has its list." : "One region: the rule is for everyone, and needs no list.",
    "Distribution lists",
  );
