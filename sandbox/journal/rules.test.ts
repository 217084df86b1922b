import { expect, test } from "vitest";
import { newTenant } from "../scenarios/index";
import type { Tenant } from "../tenant";
import type { Addressee } from "./report";
import { targetsOf } from "./rules";

const target = "fabrikam@journaling.mxrecord.io";

function opened(scenario = "fresh") {
  const tenant = newTenant(scenario);
  if (!tenant) throw new Error(scenario);
  const at = (name: string) => `${name}@${tenant.domains[0]?.id}`;
  const rules = (...all: Record<string, unknown>[]) => {
    tenant.exchange["JournalRule"] = all.map((rule, index) => ({
      ...{ Guid: `${index}`, Name: `${index}`, Enabled: true, Scope: "External", Recipient: null, JournalEmailAddress: target, ...rule },
    }));
  };
  const sent = (sender: string, ...recipients: (string | Addressee)[]) =>
    targetsOf(tenant, tenant.exchange, {
      sender,
      recipients: recipients.map((one) => (typeof one === "string" ? { address: one, list: null } : one)),
    });
  return { tenant, at, rules, sent };
}

const list = (tenant: Tenant, name: string, members: string[]) => ({
  ...{ id: `${tenant.id}/${name}`, name, address: `${name}@${tenant.domains[0]?.id}`, members },
});
const outside = "person@outside.example";

test.each([
  ["External", [1, 1, 0]],
  ["Internal", [0, 0, 1]],
  ["Global", [1, 1, 1]],
])("scope %s: in, out, inside", (scope, wanted) => {
  const { at, rules, sent } = opened();
  rules({ Scope: scope });
  const mail = [sent(outside, at("employee")), sent(at("employee"), outside), sent(at("employee"), at("admin"))];
  expect(mail.map((targets) => targets.length)).toEqual(wanted);
});

test("story 48: mail from outside in the name of an own domain counts as internal; a bounce does not", () => {
  const { at, rules, sent } = opened();
  rules({});
  expect(sent(at("ceo"), at("employee"))).toEqual([]);
  expect(sent("", at("employee"))).toEqual([target]);
});

test("a rule that is off reports nothing, and two rules with one address make one report", () => {
  const { at, rules, sent } = opened();
  rules({ Enabled: false });
  expect(sent(outside, at("employee"))).toEqual([]);
  rules({}, { JournalEmailAddress: target.toUpperCase() });
  expect(sent(outside, at("employee"))).toEqual([target]);
});

test("a person is watched by any of their addresses, as sender and as recipient", () => {
  const { tenant, at, rules, sent } = opened();
  rules({ Recipient: at("employee") });
  expect(sent(outside, `employee@${tenant.initialDomain}`)).toEqual([target]);
  expect(sent(at("employee"), outside)).toEqual([target]);
  expect(sent(outside, at("admin"))).toEqual([]);
  expect(sent("employee@outside.example", at("admin"))).toEqual([]);
});

test("a list is watched by its members, those of a list inside it, and by what is sent to it", () => {
  const { tenant, at, rules, sent } = opened();
  tenant.groups = [list(tenant, "outer", [at("inner"), at("admin")]), list(tenant, "inner", [at("employee"), at("outer")])];
  rules({ Recipient: at("outer") });
  for (const name of ["admin", "employee"]) expect(sent(outside, at(name))).toEqual([target]);
  expect(sent(outside, at("exchange.admin"))).toEqual([]);
  expect(sent(outside, { address: at("exchange.admin"), list: at("outer") })).toEqual([target]);
});

test("people made up by the thousand are watched like others", () => {
  const { tenant, at, rules, sent } = opened("big-directory");
  tenant.groups = [list(tenant, "eu", [at("person-00003")])];
  rules({ Recipient: at("eu") });
  expect([sent(outside, at("person-00003")), sent(outside, at("person-00004"))]).toEqual([[target], []]);
});
