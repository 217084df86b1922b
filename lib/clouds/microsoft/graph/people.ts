/** People of a tenant: all with a mail address, put together by where they are, and the few that fit what somebody types. Guests are left out. */
import { z } from "zod";
import { no, ok, type Result } from "@/lib/base/result";
import type { Reader } from "./reader";

export const READ_USERS = "User.Read.All";

const PAGE = 999;
/** Two hundred thousand people; whoever has more picks by group. */
const MOST_PAGES = 201;

/** Every property may be missing: what has no value is left out at times. */
const text = z.string().nullish();
const person = z.object({ mail: text, usageLocation: text, officeLocation: text, userType: text });
const found = z.object({ value: z.array(person.extend({ displayName: text })) });

export type Group = { readonly usageLocation: string; readonly office: string; readonly addresses: readonly string[] };
export type Found = { readonly name: string; readonly address: string; readonly usageLocation: string; readonly office: string };

const isGuest = ({ userType }: z.infer<typeof person>): boolean => userType?.toLowerCase() === "guest";
/** One spelling of a place and an office: groups that differ in case or blanks would be two rows of one name. */
const placeOf = (one: z.infer<typeof person>) => ({
  usageLocation: one.usageLocation?.trim().toUpperCase() ?? "",
  office: one.officeLocation?.trim() ?? "",
});
const addressOf = ({ mail }: z.infer<typeof person>): string => mail?.trim().toLowerCase() ?? "";

function grouped(people: readonly z.infer<typeof person>[]): readonly Group[] {
  const groups = new Map<string, { readonly usageLocation: string; readonly office: string; readonly addresses: Set<string> }>();
  for (const one of people) {
    const address = addressOf(one);
    if (address === "" || isGuest(one)) continue;
    const place = placeOf(one);
    const key = `${place.usageLocation}/${place.office}`;
    const group = groups.get(key) ?? { ...place, addresses: new Set<string>() };
    groups.set(key, group);
    group.addresses.add(address);
  }
  return [...groups.values()].map((group) => ({ ...group, addresses: [...group.addresses] }));
}

export async function peopleOf(reader: Reader): Promise<Result<readonly Group[]>> {
  const path = `/users?$select=mail,usageLocation,officeLocation,userType&$top=${PAGE}`;
  const all = await reader.all({ path, permission: READ_USERS, mostPages: MOST_PAGES });
  if (!all.ok) return all;
  const people = z.array(person).safeParse(all.value);
  return people.success ? ok(grouped(people.data)) : no("unreadable", "Microsoft Graph sent people of a form we do not know.");
}

const SHORTEST = 2;
const LONGEST = 100;
const MOST_FOUND = 20;
/** Guests are taken out of what comes back, so more is asked for than is shown. */
const ASKED_FOR = 60;

/** Inside the quotes of $search only these two signs mean something, and a backslash takes that from them. */
const escaped = (said: string): string => said.replace(/[\\"]/g, "\\$&");

/** Advanced queries on directory objects need the header. Source: Microsoft Graph, $search on users. */
const ADVANCED = { ConsistencyLevel: "eventual" };

/** Fewer than two signs find nobody. */
export async function findPeople(reader: Reader, typed: string): Promise<Result<readonly Found[]>> {
  const said = typed
    .replace(/\p{Cc}/gu, " ")
    .trim()
    .slice(0, LONGEST)
    .replace(/[\ud800-\udbff]$/, ""); // half of a sign, left by the cut, can stand in no address of a request
  if (said.length < SHORTEST) return ok([]);
  const search = encodeURIComponent(`"displayName:${escaped(said)}" OR "mail:${escaped(said)}"`);
  const path = `/users?$search=${search}&$select=displayName,mail,usageLocation,officeLocation,userType&$top=${ASKED_FOR}`;
  const answer = await reader.one({ path, permission: READ_USERS, headers: ADVANCED });
  if (!answer.ok) return answer;
  const read = found.safeParse(answer.value);
  if (!read.success) return no("unreadable", "Microsoft Graph sent people of a form we do not know.");
  return ok(
    read.data.value
      .filter((one) => addressOf(one) !== "" && !isGuest(one))
      .slice(0, MOST_FOUND)
      .map((one) => ({ name: one.displayName ?? "", address: addressOf(one), ...placeOf(one) })),
  );
}
