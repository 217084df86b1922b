/**
 * The undo kit: a script that puts a tenant back to how it was when the kit was made, for the day on which Cutover itself is down. It is
 * printed from a reading, not from receipts, so it can be kept before the first change and is right whatever is changed afterwards.
 */
import { type Call, callOf } from "../call";
import { type Change, type Edit, isListEdit } from "../change";
import { factsOf, type Kind } from "../nouns";
import { isList, isSetting, type List, type Props, type Value } from "../props";
import { editEntry, findBlock, isRead } from "./change-line";
import { printed, quoted, quotedList, remark } from "./literal";
import { CHANGE, START } from "./prelude";
import { readsOf } from "./questions";

/** One kind of object as it was. */
export type Was = {
  readonly kind: Kind;
  /** Those whose settings are put back. */
  readonly rows: readonly Props[];
  /** Ids of all there were: none of them is removed. */
  readonly there: readonly string[];
  /** Settings that Cutover may change on objects that were there. */
  readonly touched: readonly string[];
  /** Lists that go back as they were, although entries are put into them one by one: nobody knows now what will be added. */
  readonly asWere?: readonly string[];
  /** Names that Cutover gives to new objects; one that was not there is removed. */
  readonly names: readonly string[];
};
export type KitOrder = {
  readonly tenant: string;
  readonly role: string;
  /** ISO 8601. */
  readonly madeAt: string;
  /** Objects that refuse mail from elsewhere: these go first. */
  readonly first: Was;
  readonly rest: readonly Was[];
  /** Entries that Cutover adds to lists: only these are taken out again. */
  readonly added: readonly string[];
  /** What a person puts back in DNS and at the vendor, a sentence each. */
  readonly byHand: readonly string[];
};

const BACK = `# Puts one object back, if it is not as it was.
function Back($object) {
  $find = $object.find
  $make = $object.make
  $row = @(& $find)[0]
  if ($null -eq $row) {
    Write-Host ('No longer there, left alone: ' + $object.title)
    return
  }
  $states = @(foreach ($edit in $object.edits) { State $row $edit })
  if ($states -notcontains 'planned' -and $states -notcontains 'other') {
    Write-Host ('As it was: ' + $object.title)
    return
  }
  & $make
  Write-Host ('Put back: ' + $object.title)
}

# Removes what was made since, by the names that Cutover gives.
function Gone($object) {
  $find = $object.find
  $make = $object.make
  $done = @()
  foreach ($row in @(& $find)) {
    $identity = "$($row.Guid)"
    if ($object.names -notcontains "$($row.Name)" -or $object.there -contains $identity -or $done -contains $identity) { continue }
    $done += $identity
    & $make
    Write-Host ('Removed: ' + $object.title + ' "' + $row.Name + '"')
  }
}`;

const ASK = "BACK";
const sentences = (byHand: readonly string[]): readonly string[] => byHand.map((say) => `Write-Host ${quoted(say)}`);

const isWhole = ({ kind, asWere = [] }: Was, property: string): boolean =>
  asWere.includes(property) || (factsOf(kind).whole?.includes(property) ?? false);

/** Whole lists go back as they were; in others what was there is there again, and of the rest only what Cutover adds is taken out. */
function editOf(of: Was, property: string, was: Value | List, added: readonly string[]): Edit {
  if (!isList(was)) return { from: was, to: was };
  return { add: was, remove: isWhole(of, property) ? [] : added.filter((entry) => !was.includes(entry)), whole: was };
}

function backOf(of: Was, row: Props, added: readonly string[]): readonly Change[] {
  const { kind, touched } = of;
  const edits = touched.flatMap((property): [string, Edit][] => {
    const was = row[property];
    return was === undefined || !isSetting(property) ? [] : [[property, editOf(of, property, was, added)]];
  });
  const verbs = factsOf(kind).verbs ?? {};
  const parts = [edits.filter(([p]) => !(p in verbs)), ...edits.filter(([p]) => p in verbs).map((e) => [e])];
  return parts
    .filter((part) => part.length > 0)
    .map((part) => ({
      do: "set",
      kind,
      key: String(row["Guid"]),
      name: String(row["Name"]),
      edits: Object.fromEntries(part),
      hands: "us",
    }));
}

/** The call of a change; a list that goes back as it was is said in full. */
function callBack(of: Was, c: Change): Call {
  const { cmdlet, parameters } = callOf(c);
  const full = Object.entries(c.edits).flatMap(([property, e]) => (isListEdit(e) && isWhole(of, property) ? [[property, e.whole]] : []));
  return { cmdlet, parameters: { ...parameters, ...Object.fromEntries(full) } };
}

function backLine(of: Was, c: Change): string {
  const entries = Object.entries(c.edits).filter(([property]) => isRead(c, property));
  const countOf = (property: string, e: Edit) => (isListEdit(e) && isWhole(of, property) ? e.whole.length : undefined);
  return [
    "Back @{",
    `  title = ${quoted(`${factsOf(c.kind).title} "${c.name}"`)}`,
    `  find = { ${findBlock(c)} }`,
    "  edits = @(",
    ...entries.map(([property, e]) => `    ${editEntry(c, property, e, countOf(property, e))}`),
    "  )",
    `  make = { ${printed(callBack(of, c))} -ErrorAction Stop }`,
    "}",
  ].join("\n");
}

/** Names are unique in a tenant: a second of a kind gets a number (model/want). */
const numbered = (name: string): readonly string[] => [name, ...Array.from({ length: 8 }, (_, i) => `${name} ${i + 2}`)];

function goneLine({ kind, there, names }: Was): readonly string[] {
  if (names.length === 0) return [];
  const { asked, cmdletNoun = kind, title, isRemovedUnasked = false } = factsOf(kind);
  const looks = readsOf(asked).map((call) => `${printed(call)} -ErrorAction Stop`);
  return [
    [
      "Gone @{",
      `  title = ${quoted(title)}`,
      `  names = ${quotedList(names.flatMap(numbered))}`,
      `  there = ${quotedList(there)}`,
      `  find = { ${looks.join("; ")} }`,
      `  make = { Remove-${cmdletNoun} -Identity $identity${isRemovedUnasked ? "" : " -Confirm:$false"} -ErrorAction Stop }`,
      "}",
    ].join("\n"),
  ];
}

const wasLines = (was: Was, added: readonly string[]): readonly string[] =>
  was.rows.flatMap((row) => backOf(was, row, added).map((change) => backLine(was, change)));

/** @returns the whole script, ASCII only. It may be run again; it asks once, before anything that mail still needs is taken away. */
export function kitFor({ tenant, role, madeAt, first, rest, added, byHand }: KitOrder): string {
  const blocks = [
    [
      remark("Cutover: undo kit. Keep this file where you find it when Cutover is down."),
      remark(`For the organisation ${tenant}, as it was at ${madeAt}. Role needed: ${role}.`),
      remark("It puts settings back that Cutover changes, removes objects that Cutover makes, and leaves everything else alone."),
    ],
    [START],
    [CHANGE],
    [BACK],
    [
      "Need 'ExchangeOnlineManagement'",
      "Disconnect-ExchangeOnline -Confirm:$false",
      "Connect-ExchangeOnline -ShowBanner:$false",
      '$tenant = "$(@(Get-ConnectionInformation)[0].TenantID)"',
      `Expect ${quoted(tenant)} $tenant`,
    ],
    [remark("1. Let mail in from everywhere again."), ...goneLine(first), ...wasLines(first, added)],
    [
      remark("2. What only a person can put back."),
      ...sentences(byHand),
      `$answer = Read-Host ${quoted(`When mail has gone the old way for as long as your MX records' TTL, and at least an hour, type ${ASK}`)}`,
      `if ("$answer" -ne ${quoted(ASK)}) { throw 'Nothing more was put back. Run this file again when it is so.' }`,
    ],
    [
      remark("3. Everything else."),
      ...rest.flatMap((was) => [...wasLines(was, added), ...goneLine(was)]),
      "Write-Host 'Everything is as it was.'",
    ],
  ];
  return `${blocks.map((block) => block.join("\n")).join("\n\n")}\n`;
}
