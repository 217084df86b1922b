import { afterEach, describe, expect, it } from "vitest";
import { json } from "@/lib/base/stand-in";
import { readRows } from "@/lib/model/nouns";
import { ask } from "@/lib/model/query";
import { closeAll, failure, NOW, rows, service, TENANT } from "./stand-in-service";

afterEach(closeAll);

const EU = "journal-eu@contoso.com";
const list = (PrimarySmtpAddress: string, more: object = {}) => ({
  Guid: `g-${PrimarySmtpAddress}`,
  Name: "People of the EU",
  PrimarySmtpAddress,
  IsDirSynced: false,
  RecipientTypeDetails: "MailUniversalDistributionGroup",
  ...more,
});
const notFound = (of: unknown) =>
  failure(
    "Microsoft.Exchange.Configuration.Tasks.ManagementObjectNotFoundException",
    `The operation couldn't be performed because object '${String(of)}' couldn't be found.`,
    404,
  );
const member = (PrimarySmtpAddress: string, more: object = {}) => ({ Guid: `m-${PrimarySmtpAddress}`, PrimarySmtpAddress, ...more });

describe("asking for one object", () => {
  it("by its address; one that is not there is an empty list", async () => {
    const { exchange, calls } = await service(({ Parameters }) => notFound(Parameters["Identity"]));
    const answers = await exchange.ask([ask("Recipient", EU), ask("DistributionGroup", EU)], TENANT);
    expect([...answers.values()]).toEqual([
      { ok: true, value: [] },
      { ok: true, value: [] },
    ]);
    expect(calls.map((call) => call.Parameters)).toEqual([{ Identity: EU }, { Identity: EU }]);
  });

  it.each(["", "   "])("never asks about nobody (“%s”)", async (of) => {
    const { exchange, server } = await service(() => json(rows(list(EU))));
    const answers = await exchange.ask([ask("Recipient", of)], TENANT);
    expect([...answers.values()]).toMatchObject([{ ok: false, problem: { code: "not-asked" } }]);
    expect(server.received).toEqual([]);
  });

  it("takes no other objects for the one that was asked for", async () => {
    const all = [
      list("a@contoso.com"),
      list("b@contoso.com"),
      { ...list("c@contoso.com"), EmailAddresses: ["SMTP:c@contoso.com", `smtp:${EU}`] },
    ];
    const { exchange } = await service(() => json(rows(...all)));
    expect((await exchange.ask([ask("Recipient", EU)], TENANT)).get(`Recipient/${EU}`)).toMatchObject({ ok: true, value: [all[2]] });
    const strange = await service(() => json(rows(...all.slice(0, 2))));
    expect((await strange.exchange.ask([ask("Recipient", EU)], TENANT)).get(`Recipient/${EU}`)).toMatchObject({
      ok: false,
      problem: { code: "unreadable" },
    });
  });
});

describe("the members of lists", () => {
  const read = async ({ exchange }: Awaited<ReturnType<typeof service>>, of = EU) =>
    (await exchange.ask([ask("DistributionGroup", of)], TENANT)).get(`DistributionGroup/${of}`);

  it("are read in the next batch, all lists together, and stand on their list", async () => {
    const { exchange, batches, calls } = await service(({ CmdletName, Parameters }) => {
      const identity = String(Parameters["Identity"]);
      if (CmdletName === "Get-DistributionGroup") return identity.startsWith("none") ? notFound(identity) : json(rows(list(identity)));
      return json(
        rows(member(`anna-of-${identity}`), { Guid: "m2", ExternalDirectoryObjectId: "e2", PrimarySmtpAddress: "" }, { Guid: "m3" }),
      );
    });
    const of = [EU, "journal-us@contoso.com", "none@contoso.com"];
    const answers = await exchange.ask(
      of.map((address) => ask("DistributionGroup", address)),
      TENANT,
    );
    expect(batches).toEqual([3, 2]);
    expect(calls[3]).toEqual({ CmdletName: "Get-DistributionGroupMember", Parameters: { Identity: EU, ResultSize: "Unlimited" } });
    expect(answers.get(`DistributionGroup/${EU}`)).toEqual({
      ok: true,
      value: [{ ...list(EU), Members: [`anna-of-${EU}`, "e2", "m3"] }],
    });
    expect(answers.get("DistributionGroup/none@contoso.com")).toEqual({ ok: true, value: [] });
  });

  it("are read to the end when there are ten thousand", async () => {
    const practice = await service(({ CmdletName }, nth) => {
      if (CmdletName === "Get-DistributionGroup") return json(rows(list(EU)));
      const page = nth - 2;
      const value = Array.from({ length: page < 10 ? 1_000 : 1 }, (_, of) => member(`p${page}-${of}@contoso.com`));
      const next = { "@odata.nextLink": `${practice.server.url}/adminapi/beta/${TENANT}/InvokeCommand?$skiptoken=${page + 1}` };
      return json({ value, ...(page < 10 ? next : {}) });
    });
    const answer = await read(practice);
    const groups = answer?.ok ? readRows("DistributionGroup", answer.value) : null;
    expect(groups).toMatchObject({ ok: true, value: [{ Guid: EU, Members: { length: 10_001 } }] });
  });

  it("of a list that one server knows and the next one does not yet are waited for, and never taken for none", async () => {
    const answer = await read(
      await service(({ CmdletName }) => (CmdletName === "Get-DistributionGroup" ? json(rows(list(EU))) : notFound(EU))),
    );
    expect(answer).toMatchObject({ ok: false, problem: { code: "not-ready", retryAt: NOW + 30_000 } });
  });

  it("that cannot be read fail their own question alone", async () => {
    const { exchange } = await service(
      ({ CmdletName, Parameters }) => {
        if (CmdletName === "Get-DistributionGroup") return json(rows(list(String(Parameters["Identity"]))));
        return Parameters["Identity"] === EU ? { status: 403, body: Buffer.alloc(470) } : json(rows(member("anna@contoso.com")));
      },
      { issuedAt: NOW },
    );
    const answers = await exchange.ask([ask("DistributionGroup", EU), ask("DistributionGroup", "b@contoso.com")], TENANT);
    expect(answers.get(`DistributionGroup/${EU}`)).toMatchObject({ ok: false, problem: { code: "denied" } });
    expect(answers.get("DistributionGroup/b@contoso.com")).toMatchObject({ ok: true, value: [{ Members: ["anna@contoso.com"] }] });
  });
});

describe("changing the members of a list", () => {
  const change = (cmdlet: string) => ({
    cmdlet,
    parameters: { Identity: EU, Member: "anna@contoso.com", BypassSecurityGroupManagerCheck: true, Confirm: false },
  });
  const TASKS = "Microsoft.Exchange.Management.Tasks";

  it("takes somebody who is in already, or out already, for done", async () => {
    const adding = await service(() =>
      failure(`${TASKS}.MemberAlreadyExistsException`, 'The recipient "Anna" is already a member of the group.'),
    );
    expect(await adding.exchange.make(change("Add-DistributionGroupMember"), TENANT)).toMatchObject({
      ok: true,
      value: { key: EU, evidence: { note: "it was so already" } },
    });
    const removing = await service(() => failure(`${TASKS}.MemberNotFoundException`, 'The recipient "Anna" isn’t a member of the group.'));
    expect(await removing.exchange.make(change("Remove-DistributionGroupMember"), TENANT)).toMatchObject({ ok: true });
  });

  it("takes nothing else for done", async () => {
    const already = failure(`${TASKS}.MemberAlreadyExistsException`, 'The recipient "Anna" is already a member of the group.');
    const other = await service(() => already);
    expect(await other.exchange.make(change("Remove-DistributionGroupMember"), TENANT)).toMatchObject({ ok: false });
    const gone = await service(() => notFound("anna@contoso.com"));
    expect(await gone.exchange.make(change("Add-DistributionGroupMember"), TENANT)).toMatchObject({ ok: false, problem: { code: "gone" } });
  });

  it("sends ten thousand members in one call", async () => {
    const { exchange, calls } = await service(() => json(rows()));
    const Members = Array.from({ length: 10_000 }, (_, nth) => `person-${nth}@a-longer-domain-of-contoso.example`);
    const sent = await exchange.make({ cmdlet: "Update-DistributionGroupMember", parameters: { Identity: EU, Members } }, TENANT);
    expect(sent).toMatchObject({ ok: true, value: { key: EU } });
    expect(calls[0]?.Parameters["Members"]).toHaveLength(10_000);
  });

  it("says that an address is taken, not that the call was wrong", async () => {
    const { exchange } = await service(() =>
      failure("Microsoft.Exchange.Data.Directory.ProxyAddressExistsException", `The proxy address "SMTP:${EU}" is already being used.`),
    );
    expect(await exchange.make({ cmdlet: "New-DistributionGroup", parameters: { Name: "n" } }, TENANT)).toMatchObject({
      ok: false,
      problem: { code: "exists" },
    });
  });
});
