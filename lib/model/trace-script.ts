/** The look at message trace as PowerShell for somebody who gives Cutover no access: reads only, and writes a CSV file beside itself. */
import { boundsOf } from "./addresses";
import { quotedList } from "./powershell/literal";

type Asked = { readonly vendor: readonly string[]; readonly days: number };

const bounds = (network: string): readonly string[] => {
  const found = boundsOf(network);
  return found ? [`${found[0]}-${found[1]}`] : [];
};

const FUNCTIONS = `# IPv4 as a number; nothing for anything else.
function Number-Of($address) {
  $parts = "$address".Split('.')
  if ($parts.Count -ne 4) { return $null }
  $number = [long]0
  foreach ($part in $parts) { if ($part -notmatch '^[0-9]{1,3}$') { return $null }; $number = $number * 256 + [long]$part }
  return $number
}
function Is-Vendor($address) {
  $number = Number-Of $address
  if ($null -eq $number) { return $false }
  foreach ($range in $vendor) { $ends = $range.Split('-'); if ($number -ge [long]$ends[0] -and $number -le [long]$ends[1]) { return $true } }
  return $false
}
# What a spreadsheet would take for a formula is made text.
function Tame($text) { if ("$text" -match '^\\s*[=+@-]') { return "'" + $text }; return "$text" }`;

/** Answers come newest first, 5,000 at most; the next query goes on from the last row, whose border is told twice. A hundred queries in 5 minutes. */
const LOOP = `$groups = @{}
$before = @{}
$until = (Get-Date).ToUniversalTime()
$start = $until.AddDays(-$days)
$from = ''
do {
  $ask = @{ StartDate = $start; EndDate = $until; ResultSize = 5000 }
  if ($from -ne '') { $ask['StartingRecipientAddress'] = $from }
  $page = @(Get-MessageTraceV2 @ask -WarningAction SilentlyContinue)
  $seen = @{}
  $new = 0
  foreach ($row in $page) {
    $key = "$($row.MessageTraceId) $($row.RecipientAddress)"
    $seen[$key] = $true
    if ($before.ContainsKey($key)) { continue }
    $new++
    $to = ("$($row.RecipientAddress)".ToLower() -split '@')[-1]
    if ($domains -notcontains $to) { continue }
    if ("$($row.FromIP)" -eq '' -or (Is-Vendor $row.FromIP)) { continue }
    $sender = ("$($row.SenderAddress)".ToLower() -split '@')[-1]
    $range = "$($row.FromIP)" -replace '\\.[0-9]+$', '.0/24'
    $name = "$sender|$range"
    if (-not $groups.ContainsKey($name)) {
      $groups[$name] = @{ Sender = $sender; Range = $range; Messages = 0; Example = $row.SenderAddress; To = $row.RecipientAddress; Last = $row.Received }
    }
    $groups[$name].Messages++
  }
  Write-Host ('Read back to ' + $until + ' UTC, ' + $groups.Count + ' groups.')
  if ($page.Count -gt 0) { $until = $page[-1].Received; $from = $page[-1].RecipientAddress }
  $before = $seen
  Start-Sleep -Seconds 3
} while ($page.Count -ge 5000 -and $new -gt 0)`;

const WRITE = `$lines = @()
foreach ($group in $groups.Values) {
  $line = @{}
  $line['SenderDomain'] = Tame $group.Sender
  $line['Addresses'] = $group.Range
  $line['Messages'] = $group.Messages
  $line['Example'] = Tame $group.Example
  $line['ExampleRecipient'] = Tame $group.To
  $line['Last'] = "$($group.Last)"
  $lines += New-Object PSObject -Property $line
}
$columns = @('SenderDomain', 'Addresses', 'Messages', 'Example', 'ExampleRecipient', 'Last')
$lines | Sort-Object -Property Messages -Descending | Select-Object -Property $columns | Export-Csv -Path 'would-be-refused.csv' -NoTypeInformation -Encoding UTF8
Write-Host 'Written: would-be-refused.csv'`;

/** @param days at most ten: one query spans no more. */
export const traceScript = ({ vendor, days }: Asked): string =>
  [
    `# Mail of the last ${days} days that did not come through the vendor. Looks only. Needs the role Exchange Administrator, Security Reader or Global Reader.`,
    "$ErrorActionPreference = 'Stop'",
    "if (-not (Get-Module -ListAvailable -Name ExchangeOnlineManagement)) { Install-Module -Name ExchangeOnlineManagement -Scope CurrentUser -Force -AllowClobber }",
    "Import-Module ExchangeOnlineManagement",
    "Connect-ExchangeOnline -ShowBanner:$false",
    `$days = ${days}`,
    '$domains = @(Get-AcceptedDomain | ForEach-Object { "$($_.DomainName)".ToLower() })',
    `$vendor = ${quotedList(vendor.flatMap(bounds))}`,
    FUNCTIONS,
    LOOP,
    WRITE,
    "Disconnect-ExchangeOnline -Confirm:$false",
    "",
  ].join("\n");
