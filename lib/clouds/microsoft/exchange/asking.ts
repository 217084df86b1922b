/** A wave of asks: all of them read together, then, in the next batches, the members of the lists that were found. */
import { no, ok, type Result } from "@/lib/base/result";
import type { Asked } from "@/lib/model/noun";
import { factsOf } from "@/lib/model/nouns";
import { type Ask, nameOf } from "@/lib/model/query";
import type { Row } from "./answer";
import { type Read, readAll, type Wave } from "./read";

type AskedHere = Extract<Asked, { readonly cloud: "exchange" }>;
type Rows = Result<readonly Row[]>;
type One = { readonly name: string; readonly of: string; readonly asked: AskedHere; readonly reads: readonly Read[] };

function oneOf(ask: Ask): One {
  const { asked } = factsOf(ask.kind);
  if (asked.cloud !== "exchange") throw new Error(`${nameOf(ask)} is not a question for Exchange.`);
  const of = ask.of.trim();
  // Without an Identity, or with an empty one, the answer would be every object there is (facts/exchange-api.md 9).
  const isNobody = asked.isOfOne === true && of === "";
  const reads = [asked.parameters, ...(asked.also ?? [])].map((parameters) => ({
    call: { cmdlet: asked.cmdlet, parameters: { ...parameters, ...(of === "" ? {} : { Identity: of }) } },
    select: asked.select,
  }));
  return { name: nameOf(ask), of, asked, reads: isNobody ? [] : reads };
}

/** Nothing, or the id of zeros that all built-in quarantine policies share. */
const NO_ID = /^[0-]*$/;

export const identityOf = (row: Row): string =>
  [row["Guid"], row["ExchangeObjectId"], row["Identity"], row["Name"]]
    .find((one) => typeof one === "string" && !NO_ID.test(one))
    ?.toString() ?? "";

/** A full list may take several calls whose answers overlap: one row an object. One failed call fails the list. */
function joined(answers: readonly Rows[]): Rows {
  const rows = new Map<string, Row>();
  const loose: Row[] = [];
  for (const answer of answers) {
    if (!answer.ok) return answer;
    for (const row of answer.value) {
      const id = identityOf(row);
      if (id === "") loose.push(row);
      else if (!rows.has(id)) rows.set(id, row);
    }
  }
  return ok([...rows.values(), ...loose]);
}

const textOf = (value: unknown): string => (typeof value === "string" ? value : "");

/** By any of its addresses, its name or its ids. */
function isCalled(row: Row, of: string): boolean {
  const { EmailAddresses: all } = row;
  const addresses = Array.isArray(all) ? all.map((one) => textOf(one).replace(/^smtp:/i, "")) : [];
  return [row["PrimarySmtpAddress"], row["Name"], row["Guid"], row["Identity"], ...addresses].some(
    (one) => textOf(one).toLowerCase() === of.toLowerCase(),
  );
}

/** What is not there is an empty list. Many rows are what a cmdlet answers that took no notice of its Identity. */
function ofOne({ of, asked }: One, answer: Rows): Rows {
  if (!answer.ok) return answer.problem.code === "gone" ? ok([]) : answer;
  if (answer.value.length <= 1) return answer;
  const own = answer.value.filter((row) => isCalled(row, of));
  return own.length > 0 ? ok(own) : no("unreadable", `Exchange Online answered ${asked.cmdlet} with other objects than we asked for.`);
}

const NOBODY = () => no("not-asked", "Nobody has said which one this is about.", { fix: "Enter its address." });

function answerOf(one: One, answers: readonly Rows[]): Rows {
  if (one.reads.length === 0) return NOBODY();
  const all = joined(answers);
  return one.asked.isOfOne ? ofOne(one, all) : all;
}

const MEMBER = ["Guid", "PrimarySmtpAddress", "ExternalDirectoryObjectId"];

const membersRead = (cmdlet: `Get-${string}`, row: Row): Read => ({
  call: { cmdlet, parameters: { Identity: textOf(row["PrimarySmtpAddress"]) || identityOf(row), ResultSize: "Unlimited" } },
  select: MEMBER,
});

/** Contacts of other kinds and groups without mail have no address: then their id says that somebody is there. */
const memberOf = (row: Row): string =>
  textOf(row["PrimarySmtpAddress"]) || textOf(row["ExternalDirectoryObjectId"]) || textOf(row["Guid"]) || identityOf(row);

const AGAIN_MS = 30_000;

/** A list is shown by one server before the next one knows it. */
function withMembers(row: Row, members: Rows, now: number): Result<Row> {
  if (members.ok) return ok({ ...row, Members: members.value.map(memberOf) });
  if (members.problem.code !== "gone") return members;
  return no("not-ready", `Exchange Online does not show the members of ${textOf(row["Name"])} yet.`, {
    fix: "Wait; we look again by ourselves.",
    retryAt: now + AGAIN_MS,
    ...(members.problem.evidence ? { evidence: members.problem.evidence } : {}),
  });
}

/** Puts one answer's rows together again, each with its members; one that failed fails the answer. */
function attached(rows: readonly Row[], members: readonly Rows[], now: number): Rows {
  const done: Row[] = [];
  for (const [nth, row] of rows.entries()) {
    const one = withMembers(row, members[nth] ?? no("unreadable", "Exchange Online left a list of members out."), now);
    if (!one.ok) return one;
    done.push(one.value);
  }
  return ok(done);
}

/** The answers of several asks from those of all their reads, in the same order. */
function shared<T, U>(asks: readonly T[], countOf: (one: T) => number, all: readonly U[]): readonly (readonly U[])[] {
  let place = 0;
  return asks.map((one) => {
    const own = all.slice(place, place + countOf(one));
    place += own.length;
    return own;
  });
}

export async function askAll(wave: Wave, asks: readonly Ask[]): Promise<ReadonlyMap<string, Rows>> {
  const ones = [...new Map(asks.map((ask) => [nameOf(ask), ask])).values()].map(oneOf);
  const answers = await readAll(
    wave,
    ones.flatMap(({ reads }) => reads),
  );
  const own = shared(ones, ({ reads }) => reads.length, answers);
  const found = ones.map((one, nth) => ({ one, rows: answerOf(one, own[nth] ?? []) }));
  const lists = found.map(({ one, rows }) => {
    const { members } = one.asked;
    return members !== undefined && rows.ok ? rows.value.map((row) => membersRead(members, row)) : [];
  });
  const read = await readAll(wave, lists.flat());
  const members = shared(lists, (list) => list.length, read);
  return new Map(
    found.map(({ one, rows }, nth) => [
      one.name,
      one.asked.members !== undefined && rows.ok ? attached(rows.value, members[nth] ?? [], wave.clock.now()) : rows,
    ]),
  );
}
