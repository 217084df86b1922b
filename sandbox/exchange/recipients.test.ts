import { expect, test } from "vitest";
import { caller, textOf, typeOf } from "./testing";

const one = async (scenario: string, Identity: string) => {
  const { call, tenant } = caller(scenario);
  const answer = await call("Get-Recipient", { Identity: Identity.replace("@", `@${tenant.seed.slug}.example`) });
  return { ...answer, row: answer.body?.value?.[0] };
};

test.each([
  ["berlin.sales@", "UserMailbox", "UserMailbox"],
  ["info@", "UserMailbox", "SharedMailbox"],
  ["berlin.room@", "UserMailbox", "RoomMailbox"],
  ["sales@", "MailUniversalDistributionGroup", "MailUniversalDistributionGroup"],
  ["atlas@", "MailUniversalDistributionGroup", "GroupMailbox"],
  ["everybody.berlin@", "DynamicDistributionGroup", "DynamicDistributionGroup"],
])("%s is a %s of the type %s", async (identity, RecipientType, RecipientTypeDetails) => {
  const { status, row } = await one("regions", identity);
  expect(status).toBe(200);
  expect(row).toMatchObject({ RecipientType, RecipientTypeDetails });
});

test("guests and contacts have addresses of others", async () => {
  const { call, tenant } = caller("regions");
  const typeOfAddress = async (Identity: string) => (await call("Get-Recipient", { Identity })).body.value[0].RecipientTypeDetails;
  expect(await typeOfAddress(`${tenant.seed.slug}@partner.example`)).toBe("GuestMailUser");
  expect(await typeOfAddress("office@tax-adviser.example")).toBe("MailContact");
});

test("a recipient is found by address, alias, name and both GUIDs; Exchange's is not Entra's", async () => {
  const { call, tenant } = caller("regions");
  const user = tenant.users.find(({ upn }) => upn.startsWith("austin.sales@"));
  const read = async (Identity: string) => (await call("Get-Recipient", { Identity })).body.value[0];
  const row = await read(String(user?.upn));
  expect(row.ExternalDirectoryObjectId).toBe(user?.id);
  expect(row.Guid).not.toBe(user?.id);
  for (const identity of ["AUSTIN.SALES", user?.name, row.Guid, user?.id, `austin.sales@${tenant.initialDomain}`])
    expect((await read(String(identity))).Guid).toBe(row.Guid);
  expect(row.EmailAddresses).toEqual([`SMTP:${user?.upn}`, `smtp:austin.sales@${tenant.initialDomain}`]);
});

test("an address that nobody has is 404", async () => {
  const answer = await one("regions", "nobody@");
  expect([answer.status, typeOf(answer)]).toEqual([404, "ManagementObjectNotFoundException"]);
});

test("all recipients come in pages, a thousand unless more is asked for, and by type", async () => {
  const { call } = caller("big-directory");
  const first = await call("Get-Recipient");
  expect(first.body.value).toHaveLength(1000);
  expect(first.body["@adminapi.warnings"]).toHaveLength(1);
  expect((await call("Get-Recipient", { ResultSize: "Unlimited" })).body["@odata.nextLink"]).toContain("$skiptoken");
  const { call: ask } = caller("regions");
  const rooms = await ask("Get-Recipient", { RecipientTypeDetails: ["RoomMailbox", "SharedMailbox"] });
  expect(rooms.body.value).toHaveLength(2);
});

test("a filter that the sandbox cannot apply is refused, not left out", async () => {
  const { call } = caller("regions");
  const answer = await call("Get-Recipient", { Filter: "City -eq 'Berlin'" });
  expect([answer.status, textOf(answer)]).toEqual([400, "The sandbox doesn't know the filter Filter."]);
});

test("mailboxes are people, shared mailboxes and rooms, and nothing else", async () => {
  const { call, tenant } = caller("regions");
  const all = await call("Get-Mailbox", { ResultSize: "Unlimited" });
  expect(all.body.value).toHaveLength(tenant.users.length - 1);
  const shared = await call("Get-Mailbox", { Identity: "info" });
  expect(shared.body.value[0]).toMatchObject({ RecipientTypeDetails: "SharedMailbox", IsMailboxEnabled: true, AccountDisabled: true });
  expect((await call("Get-Mailbox", { Identity: "sales" })).status).toBe(404);
});
