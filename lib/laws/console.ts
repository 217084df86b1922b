/** The admin's own machine: runs a printed script against the in-memory tenant, with the admin's rights. */

import { z } from "zod";
import { execute, type Host } from "./interpreter";
import { type Edition, Enumerated, Thrown } from "./powershell/values";
import { assignmentsOf, grantsTo, principalsOf, resourceCalled } from "./retraction-graph";
import type { FakeTenant } from "./tenant";

const TENANT = "11111111-2222-4333-8444-555555555555";
export const machine = { tenant: TENANT, nonce: "nonce-1", fileName: "cutover-step-2026-08-20.json" } as const;

const ENUMERATIONS = new Set(["ConnectorType", "State", "MarkAsSpamSpfRecordHardFail", "Scope", "RecipientTypeDetails"]);

/** The module gives objects, not JSON: enumerations are values of their own. */
const asObject = (row: unknown): unknown =>
  typeof row !== "object" || row === null
    ? row
    : Object.fromEntries(
        Object.entries(row).map(([property, v]) => [property, ENUMERATIONS.has(property) ? new Enumerated(String(v)) : v]),
      );

/** What the admin's console read, whether or not we have access ourselves. */
function rows(fake: FakeTenant, kind: string, of: string): readonly unknown[] {
  const { refuses } = fake;
  fake.refuses = () => false;
  const said = fake.read({ kind, of });
  fake.refuses = refuses;
  if (!said.ok) throw new Thrown(said.problem.say);
  return Array.isArray(said.value) ? said.value : [];
}

/** As Graph has them: one by one. */
const people = (fake: FakeTenant): readonly unknown[] =>
  rows(fake, "people", "").flatMap((group) => {
    const { usageLocation, office, addresses } = peopleShape.parse(group);
    const place = { usageLocation: usageLocation || null, officeLocation: office || null, userType: "Member" };
    return addresses.map((mail) => ({ mail, ...place }));
  });

/** The text that a filter compares with. */
function wanted(path: string): string {
  const [, said = ""] = /%20eq%20'(.*)'/.exec(path) ?? [];
  return decodeURIComponent(said).replaceAll("''", "'");
}

function graphList(fake: FakeTenant, path: string, rest: string): readonly unknown[] {
  if (rest === "users") return people(fake);
  if (rest === "servicePrincipals") return principalsOf(rows(fake, "vendorApplication", wanted(path)));
  if (rest === "roleManagement/directory/roleAssignments") return assignmentsOf(rows(fake, "roleHolder", wanted(path)));
  const [, domain] = /^domains\/(.+)\/serviceConfigurationRecords$/.exec(rest) ?? [];
  if (domain) return rows(fake, "serviceRecord", decodeURIComponent(domain));
  const [, principal] = /^servicePrincipals\/(.+)\/appRoleAssignments$/.exec(rest) ?? [];
  return principal ? grantsTo(fake.state, principal) : rows(fake, rest === "domains" ? "domain" : rest, "");
}

function graphPage(fake: FakeTenant, path: string): unknown {
  const [, rest = ""] = /^v1\.0\/([^?]*)/.exec(path) ?? [];
  const [, one] = /^servicePrincipals\/([^/]+)$/.exec(rest) ?? [];
  if (one) return resourceCalled(fake.state, one);
  const value = graphList(fake, path, rest);
  // Two pages, so that a script which reads only the first is found out.
  if (rest.includes("/serviceC") || path.includes("page=2") || value.length < 2)
    return { value: path.includes("page=2") ? value.slice(1) : value };
  return { value: value.slice(0, 1), "@odata.nextLink": `${path}${path.includes("?") ? "&" : "?"}page=2` };
}

const peopleShape = z.object({ usageLocation: z.string(), office: z.string(), addresses: z.array(z.string()) });
const membersShape = z.array(z.object({ Members: z.array(z.string()).nullish() }));

/** One object by its address: the module says that it is not there as it says any failure. */
function named(fake: FakeTenant, kind: string, identity: string): readonly unknown[] {
  const found = rows(fake, kind, identity);
  if (found.length === 0)
    throw new Thrown(
      `Ex94914C|Microsoft.Exchange.Configuration.Tasks.ManagementObjectNotFoundException|The operation couldn't be performed because object '${identity}' couldn't be found.`,
    );
  return found;
}

function looked(fake: FakeTenant, noun: string, identity: string): readonly unknown[] {
  if (noun !== "DistributionGroupMember") return named(fake, noun, identity).map(asObject);
  const groups = membersShape.parse(named(fake, "DistributionGroup", identity));
  return groups.flatMap(({ Members }) => (Members ?? []).map((PrimarySmtpAddress) => ({ PrimarySmtpAddress })));
}

const TRIED = [{ TaskName: "Send test email", IsTaskSuccessful: true, TaskDetail: "Succeeded", SubTaskResults: [] }];

async function cmdlet(fake: FakeTenant, name: string, parameters: Readonly<Record<string, unknown>>): Promise<readonly unknown[]> {
  const { Identity } = parameters;
  if (name.startsWith("Get-") && typeof Identity === "string") return looked(fake, name.slice(4), Identity);
  if (name.startsWith("Get-")) return rows(fake, String(parameters["QuarantinePolicyType"] ?? name.slice(4)), "").map(asObject);
  const done = fake.invoke(name, parameters);
  if (!done.ok) throw new Thrown(done.problem.say);
  if (name.startsWith("Validate-")) return TRIED;
  return name.startsWith("New-") ? [{ Guid: done.value.key }] : [];
}

export type Ran = { readonly file: string; readonly stopped: string | null; readonly said: readonly string[] };

/** @returns the file the script wrote, and why it stopped, if it did. */
export async function runScript(script: string, fake: FakeTenant, edition: Edition = "7", answer: () => string = () => ""): Promise<Ran> {
  const files: string[] = [];
  const said: string[] = [];
  const host: Host = {
    tenant: TENANT,
    edition,
    now: () => fake.clock,
    cmdlet: (name, parameters) => cmdlet(fake, name, parameters),
    graph: async (path) => graphPage(fake, path),
    write: (_, content) => files.push(content),
    say: (text) => said.push(text),
    answer,
  };
  const stopped = await execute(script, host);
  return { file: files.at(-1) ?? "", stopped, said };
}
