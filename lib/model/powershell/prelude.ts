/** The functions that every printed script brings along. Small and regular: lib/laws runs them as they are written here. */

import { PERMISSION_BITS } from "../nouns/quarantine-policy";

/** Stop, or a failing Get- would answer an empty list: "absent" where the truth is "unknown". */
export const START = `$ErrorActionPreference = 'Stop'
$answers = @{}
$made = @{}
$stopped = $null
$tenant = ''

# Only for this window. There is no such policy outside Windows, and a company's own policy may outrank it.
try { Set-ExecutionPolicy -Scope Process -ExecutionPolicy RemoteSigned -Force } catch { Write-Host 'The execution policy was left as it is.' }

# The module for this user only, if it is missing.
function Need($module) {
  if (-not (Get-Module -ListAvailable -Name $module)) { Install-Module -Name $module -Scope CurrentUser -Force -AllowClobber }
  Import-Module $module
}

# Whoever runs this may be signed in to more than one organisation.
function Expect($wanted, $actual) {
  if ("$wanted" -ne "$actual") { throw ('You are signed in to another organisation (' + $actual + '). This script is for ' + $wanted + '. Close this window and run it again with an account of that organisation.') }
}`;

/**
 * Text, true, false, nothing or a list of these: Windows PowerShell 5.1 writes dates and enumerations in ways of its own otherwise.
 * Lists are built here and not returned from a function, which would unroll those of one entry.
 */
export const KEEP = `# Asks one question and keeps the answer, or why there is none.
function Keep($name, $properties, $ask) {
  try {
    $rows = @()
    $guids = @()
    foreach ($row in @(& $ask)) {
      $guid = "$($row.Guid)"
      if ($guid -match '[1-9a-f]' -and $guids -contains $guid) { continue }
      $guids += $guid
      $seen = @{}
      foreach ($property in $properties) {
        $value = $row.$property
        if ($null -eq $value -or $value -is [bool]) { $seen[$property] = $value }
        elseif ($value -is [Collections.IEnumerable] -and $value -isnot [string]) {
          $list = @(foreach ($item in $value) { if ($item -is [Management.Automation.PSCustomObject]) { $item } else { "$item" } })
          $seen[$property] = $list
        }
        else { $seen[$property] = "$value" }
      }
      $rows += $seen
    }
    $answers[$name] = @{ ok = $true; value = $rows }
  }
  catch { $answers[$name] = @{ ok = $false; say = "$_" } }
}`;

export const ONE = `# One object by its name or address: that it is not there is an answer, every other failure is none.
function One($ask) {
  try { & $ask } catch { if ("$_" -notmatch 'ManagementObjectNotFoundException|couldn.t be found') { throw } }
}

# A list with the addresses of its members; of those without an address, their ids.
function Listed($properties, $ask, $members) {
  foreach ($row in @(One $ask)) {
    $identity = "$($row.PrimarySmtpAddress)"
    $seen = @{}
    foreach ($property in $properties) { $seen[$property] = $row.$property }
    $seen['Members'] = @(foreach ($member in @(& $members)) {
      if ($member.PrimarySmtpAddress) { "$($member.PrimarySmtpAddress)" }
      elseif ($member.ExternalDirectoryObjectId) { "$($member.ExternalDirectoryObjectId)" }
      else { "$($member.Guid)" }
    })
    $seen
  }
}`;

export const PEOPLE = `# People with a mail address, put together by where they are. Guests are left out.
function People($path) {
  $users = @(Graph $path | Where-Object { $_.mail -and "$($_.userType)" -ne 'Guest' })
  foreach ($group in @($users | Group-Object -Property @('usageLocation', 'officeLocation'))) {
    $first = @($group.Group)[0]
    $addresses = @(foreach ($user in $group.Group) { "$($user.mail)" })
    @{ usageLocation = "$($first.usageLocation)"; office = "$($first.officeLocation)"; addresses = $addresses }
  }
}`;

export const APPLICATIONS = `# Applications of one name, each with what it was granted, by name.
function Applications($path) {
  $resources = @{}
  foreach ($app in @(Graph $path)) {
    $roles = @()
    foreach ($grant in @(Graph ('v1.0/servicePrincipals/' + $app.id + '/appRoleAssignments'))) {
      $key = "$($grant.resourceId)"
      if (-not $resources.ContainsKey($key)) {
        $resources[$key] = Invoke-MgGraphRequest -Method GET -Uri ('v1.0/servicePrincipals/' + $key + '?$select=id,appId,displayName,appRoles') -OutputType PSObject
      }
      $resource = $resources[$key]
      $name = "$($grant.appRoleId)"
      foreach ($role in $resource.appRoles) { if ("$($role.id)" -eq "$($grant.appRoleId)" -and $role.value) { $name = "$($role.value)" } }
      if ("$($resource.appId)" -ne '00000003-0000-0000-c000-000000000000') { $name = $name + ' (' + $resource.displayName + ')' }
      $roles += $name
    }
    $isEnabled = "$($app.accountEnabled)" -ne 'False'
    @{ id = "$($app.id)"; appId = "$($app.appId)"; ownerId = "$($app.appOwnerOrganizationId)"; name = "$($app.displayName)"; roles = $roles; isEnabled = $isEnabled }
  }
}`;

export const HOLDERS = `# Who holds a role for the whole organisation: people and groups, no applications.
function Holders($path) {
  foreach ($held in @(Graph $path)) {
    $who = $held.principal
    if ($held.directoryScopeId -and "$($held.directoryScopeId)" -ne '/') { continue }
    if ($who.appId -or "$($who.'@odata.type')" -match 'servicePrincipal') { continue }
    @{ id = "$($held.principalId)"; name = "$($who.displayName)"; upn = "$($who.userPrincipalName)" }
  }
}`;

export const TRIED = `# The innermost tasks that failed: they say why.
function Failed($tasks) {
  foreach ($task in $tasks) {
    if ($null -eq $task -or $task -is [string]) { continue }
    $inside = @(Failed ($task.SubTaskResults))
    if ($inside) { $inside }
    elseif ("$($task.IsTaskSuccessful)" -ne 'True') { "$($task.TaskName)" + ': ' + "$($task.TaskDetail)" }
  }
}

# Every task of a validation, and every part of one, must have succeeded.
function Tried($tasks) {
  if (-not $tasks) { throw 'Exchange Online tried the connector and did not say how that came out. Validate it in the Exchange admin center.' }
  $failed = @(Failed $tasks)
  if ($failed) { throw ('Exchange Online tried the connector, and it failed. ' + $failed[0]) }
}`;

export const GRAPH = `# Every page of an answer of Microsoft Graph.
function Graph($path) {
  $next = $path
  while ($next) {
    $page = Invoke-MgGraphRequest -Method GET -Uri $next -OutputType PSObject
    $page.value
    $next = $page.'@odata.nextLink'
  }
}`;

/** Everybody's spelling of a quarantine policy's permissions, bit by bit. */
const BITS = Object.entries(PERMISSION_BITS)
  .map(([name, bit]) => `  if ($text -match '${name}: *True') { $sum += ${bit} }`)
  .join("\n");

/** Looks before it writes: done already is skipped, neither as planned nor as wanted stops the script. */
export const CHANGE = String.raw`# Spellings that mean the same: smtp:contoso.com;1 and contoso.com, <> and nothing.
function Said($value) {
  $text = "$value" -replace '^smtp:', ''
  $text = $text -replace ';\d+$', ''
  if ($text -eq '<>') { $text = '' }
  if ($text -eq 'PT4H') { $text = '04:00:00' }
  if ($text -eq 'P1D') { $text = '1.00:00:00' }
  if ($text -eq 'P7D') { $text = '7.00:00:00' }
  return $text
}

# Permissions are written as a sum and read as lines of "Name: True".
function Sum($text) {
  $sum = 0
${BITS}
  return $sum
}

function Fits($held, $wanted) {
  if ($wanted -is [bool]) { return ("$held" -eq 'True' -or "$held" -eq 'Enabled') -eq $wanted }
  if ("$held" -match 'PermissionTo') { return (Sum "$held") -eq $wanted }
  return (Said $held) -eq (Said $wanted)
}

# How one setting stands: 'done' as wanted, 'planned' as it was when this was planned, 'other' neither.
function State($row, $edit) {
  $held = $row.($edit.name)
  if ($edit.ContainsKey('want')) {
    if (Fits $held $edit.want) { return 'done' }
    if (Fits $held $edit.was) { return 'planned' }
    return 'other'
  }
  $list = @(foreach ($item in $held) { Said $item })
  if ($edit.ContainsKey('exact') -and $list.Count -ne $edit.exact) { return 'other' }
  $isSo = $true
  foreach ($entry in $edit.plus) { if ($list -notcontains (Said $entry)) { $isSo = $false } }
  foreach ($entry in $edit.minus) { if ($list -contains (Said $entry)) { $isSo = $false } }
  if ($isSo) { return 'done' }
  if ($edit.ContainsKey('before')) {
    if ($list.Count -ne @($edit.before).Count) { return 'other' }
    foreach ($entry in $edit.before) { if ($list -notcontains (Said $entry)) { return 'other' } }
  }
  return 'planned'
}

# Looks, then makes one change, or skips it, or stops.
function Change($change) {
  $find = $change.find
  $make = $change.make
  $row = @(& $find)[0]
  $isThere = $null -ne $row
  $states = @(foreach ($edit in $change.edits) { State $row $edit })
  $key = "$($change.key)"
  if ($change.act -eq 'remove') { $isDone = -not $isThere } else { $isDone = $isThere -and $states -notcontains 'planned' -and $states -notcontains 'other' }
  if ($isDone) {
    Write-Host ('Already so: ' + $change.title)
    if (-not $key) { $key = "$($row.Guid)" }
    $made[$change.id] = @{ key = $key }
    return
  }
  if ($change.act -eq 'new') { $isAsPlanned = -not $isThere } else { $isAsPlanned = $isThere -and $states -notcontains 'other' }
  if (-not $isAsPlanned) { throw ($change.title + ': it is no longer as it was when this was planned, and not as wanted either. It was left alone. Make a new plan in Cutover.') }
  $new = $null
  try { $new = & $make } catch { if ("$_" -notmatch 'already enabled for customization') { throw } }
  if (-not $key) { $key = "$($new.Guid)" }
  Write-Host ('Done: ' + $change.title)
  $made[$change.id] = @{ key = $key }
}`;
