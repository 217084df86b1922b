/** The same queries and the same calls, as a script that a person runs: it looks before each line, reads everything and writes one JSON file. */
import { callOf } from "./call";
import type { Change } from "./change";
import { factsOf } from "./nouns";
import { changeLine, isScripted, isTried } from "./powershell/change-line";
import { printed, quoted, quotedList, remark } from "./powershell/literal";
import { APPLICATIONS, CHANGE, GRAPH, HOLDERS, KEEP, ONE, PEOPLE, START, TRIED } from "./powershell/prelude";
import { asksExchange, asksOfOne, asksWith, graphScopes, type Questions, questionLines } from "./powershell/questions";

export type ScriptOrder = {
  readonly queries: Questions;
  readonly changes: readonly Change[];
  /** Entra tenant id: the script stops in any other. */
  readonly tenant: string;
  /** Binds the file that comes back to this download. */
  readonly nonce: string;
  /** The plan whose changes these are; null when the script only reads. */
  readonly planId: string | null;
  readonly stepTitle: string;
  /** The role the person needs, in Microsoft's words. */
  readonly role: string;
  /** Name of the JSON file, such as cutover-allow-list-2026-08-01.json. */
  readonly fileName: string;
};

const headOf = ({ stepTitle, role, tenant, changes }: ScriptOrder): readonly string[] => [
  remark(`Cutover: ${stepTitle}`),
  remark(`For the organisation ${tenant}. Role needed: ${role}.`),
  remark(
    changes.length > 0 ? "Looks before each change, skips what is done already, and may be run twice." : "Reads only. It changes nothing.",
  ),
  remark("Runs in Windows PowerShell 5.1 and in PowerShell 7. Writes its answers to a file in this folder: upload that file to Cutover."),
];

/** Graph first: both modules bring a sign-in library along, and the one that is loaded first serves both. */
function connections({ queries, changes, tenant }: ScriptOrder): readonly string[] {
  const scopes = graphScopes(queries);
  const graph = [
    "Need 'Microsoft.Graph.Authentication'",
    `Connect-MgGraph -TenantId ${quoted(tenant)} -Scopes ${quotedList(scopes)} -NoWelcome`,
    '$tenant = "$((Get-MgContext).TenantId)"',
    `Expect ${quoted(tenant)} $tenant`,
  ];
  const exchange = [
    "Need 'ExchangeOnlineManagement'",
    "Disconnect-ExchangeOnline -Confirm:$false",
    "Connect-ExchangeOnline -ShowBanner:$false",
    '$tenant = "$(@(Get-ConnectionInformation)[0].TenantID)"',
    `Expect ${quoted(tenant)} $tenant`,
  ];
  return [...(scopes.length > 0 ? graph : []), ...(asksExchange(queries) || changes.some(isScripted) ? exchange : [])];
}

/** What is stopped half-way still says what it made: the receipts must not be lost. */
const changeLines = (changes: readonly Change[]): readonly string[] =>
  changes.length === 0 ? [] : ["try {", ...changes.map(changeLine), "}", 'catch { $stopped = "$_" }'];

const finish = ({ nonce, planId, fileName }: ScriptOrder): readonly string[] => [
  `$report = @{ v = 1; tenant = $tenant; nonce = ${quoted(nonce)}; plan = ${planId === null ? "$null" : quoted(planId)}; at = [DateTime]::UtcNow.ToString('o'); answers = $answers; made = $made; stopped = $stopped }`,
  "$json = $report | ConvertTo-Json -Depth 9 -Compress",
  `$file = Join-Path $PWD.ProviderPath ${quoted(fileName)}`,
  "[IO.File]::WriteAllText($file, $json, (New-Object System.Text.UTF8Encoding $false))",
  "Write-Host ('The answers are in ' + $file)",
  "if ($stopped) { throw $stopped }",
];

function isOfOne({ kind }: Change): boolean {
  const { asked } = factsOf(kind);
  return asked.cloud === "exchange" && asked.isOfOne === true;
}

/** @returns the whole script: ASCII only, so that any PowerShell reads it the same. */
export function scriptFor(order: ScriptOrder): string {
  const changes = order.changes.filter(isScripted);
  const byOthers = order.changes
    .filter((c) => !isScripted(c))
    .map((c) => remark(`Not in this script, to be done by hand: ${factsOf(c.kind).title} "${c.name}".`));
  const blocks = [
    headOf(order),
    [START],
    [KEEP],
    graphScopes(order.queries).length > 0 ? [GRAPH] : [],
    asksWith(order.queries, "People") ? [PEOPLE] : [],
    asksWith(order.queries, "Applications") ? [APPLICATIONS] : [],
    asksWith(order.queries, "Holders") ? [HOLDERS] : [],
    asksOfOne(order.queries) || changes.some(isOfOne) ? [ONE] : [],
    changes.length > 0 ? [CHANGE] : [],
    changes.some(isTried) ? [TRIED] : [],
    connections(order),
    [...byOthers, ...changeLines(changes)],
    questionLines(order.queries),
    finish(order),
  ];
  return `${blocks
    .filter((block) => block.length > 0)
    .map((block) => block.join("\n"))
    .join("\n\n")}\n`;
}

/** The one command of a change, to show and copy; "" for what is not changed by a command. Of a long list only the beginning is shown. */
export const commandOf = (c: Change): string => (factsOf(c.kind).asked.cloud === "exchange" ? printed(callOf(c), "screen") : "");
