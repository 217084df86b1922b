import { afterEach, describe, expect, it } from "vitest";
import { json } from "@/lib/base/stand-in";
import { closeAll, connector, failure, rows, service, TENANT } from "./stand-in-service";

afterEach(closeAll);

describe("writing to Exchange", () => {
  const allow = {
    cmdlet: "Set-HostedConnectionFilterPolicy",
    parameters: { Identity: "g1", IPAllowList: { Add: ["1.2.3.4"], Remove: [] } },
  } as const;
  const create = { cmdlet: "New-InboundConnector", parameters: { Name: "Ours", SenderDomains: ["*"], Enabled: true } } as const;

  it("tags an edited list and leaves its empty side out", async () => {
    const { exchange, calls, server } = await service(() => json(rows()), {});
    expect(await exchange.make(allow, TENANT)).toMatchObject({ ok: true, value: { key: "g1" } });
    expect(calls[0]?.Parameters).toEqual({
      Identity: "g1",
      IPAllowList: { "@odata.type": "#Exchange.GenericHashTable", Add: ["1.2.3.4"] },
    });
    expect(server.received[0]?.url).toBe(`/adminapi/beta/${TENANT}/InvokeCommand`);
  });

  it.each([null, "", " "])("throws rather than send Identity %j", async (Identity) => {
    const { exchange, server } = await service(() => json(rows()));
    await expect(exchange.make({ cmdlet: "Remove-InboundConnector", parameters: { Identity, Confirm: false } }, TENANT)).rejects.toThrow(
      "empty Identity",
    );
    expect(server.received).toEqual([]);
  });

  it("gives a new object's own id, and its warnings as evidence", async () => {
    const { exchange } = await service(() =>
      json({ value: [connector], "@adminapi.warnings": ["Mind this."] }, 200, { "request-id": "r1" }),
    );
    expect(await exchange.make(create, TENANT)).toEqual({
      ok: true,
      value: { key: "g1", evidence: { "request-id": "r1", warnings: "Mind this." } },
    });
  });

  it("takes an empty answer for done", async () => {
    const { exchange } = await service(() => ({ status: 200 }));
    expect(await exchange.make(allow, TENANT)).toMatchObject({ ok: true, value: { key: "g1" } });
    expect(await exchange.make(create, TENANT)).toMatchObject({ ok: true, value: { key: "Ours" } });
  });

  it("never makes a new object twice: lost, broken or passing errors are unsure", async () => {
    for (const reply of ["drop", json({}, 500), failure("X.TransientException", "issue may be transient")] as const) {
      const { exchange, server } = await service(() => reply);
      expect(await exchange.make(create, TENANT)).toMatchObject({ ok: false, problem: { code: "unsure" } });
      expect(server.received).toHaveLength(1);
    }
  });

  it("makes a new object again when it is certain that nothing was done", async () => {
    for (const reply of [
      json({}, 429),
      { status: 400, body: "You have reached the maximum number of concurrent requests per tenant." },
    ] as const) {
      const { exchange } = await service((_, nth) => (nth === 1 ? reply : json(rows(connector))));
      expect(await exchange.make(create, TENANT)).toMatchObject({ ok: true, value: { key: "g1" } });
    }
  });

  it("sets the same values again after a lost connection", async () => {
    const { exchange } = await service((_, nth) => (nth === 1 ? "drop" : json(rows())));
    expect(await exchange.make(allow, TENANT)).toMatchObject({ ok: true });
  });

  it("opens the customization step when the organisation is dehydrated, even as a 500", async () => {
    for (const status of [400, 500]) {
      const { exchange } = await service(() =>
        failure(
          "Microsoft.Exchange.Configuration.Tasks.InvalidOperationInDehydratedContextException",
          "you first need to run the command: Enable-OrganizationCustomization.",
          status,
        ),
      );
      expect(await exchange.make(create, TENANT)).toMatchObject({
        ok: false,
        problem: { code: "not-ready", step: "organization-customization" },
      });
    }
  });

  it("takes an organisation that is already customised for done", async () => {
    const { exchange } = await service(() =>
      failure("System.InvalidOperationException", "This operation is not required. Organization is already enabled for customization."),
    );
    expect(await exchange.make({ cmdlet: "Enable-OrganizationCustomization", parameters: {} }, TENANT)).toMatchObject({ ok: true });
  });

  it("takes what is already removed for removed", async () => {
    const { exchange } = await service(() =>
      failure("Microsoft.Exchange.Configuration.Tasks.ManagementObjectNotFoundException", "couldn't be found", 404),
    );
    expect(
      await exchange.make({ cmdlet: "Remove-InboundConnector", parameters: { Identity: "g1", Confirm: false } }, TENANT),
    ).toMatchObject({ ok: true });
    expect(await exchange.make({ ...allow, cmdlet: "Set-InboundConnector" }, TENANT)).toMatchObject({
      ok: false,
      problem: { code: "gone" },
    });
  });

  it.each([
    ["exists", failure("Microsoft.Exchange.Data.Directory.ADObjectAlreadyExistsException", "The object 'CN=Ours' already exists.")],
    [
      "rejected",
      failure("Microsoft.Exchange.Management.Tasks.ValidationException", "This feature isn't available in a trial organization."),
    ],
    [
      "rejected",
      failure("Microsoft.Exchange.AdminApi.CommandInvocation.AmbiguousParameterSetException", "Parameter set cannot be resolved"),
    ],
    ["denied", failure("X", "The parameter 'Y' is not present in the role definition of the current user")],
  ])("says %s with the service's own words", async (code, reply) => {
    const { exchange } = await service(() => reply);
    expect(await exchange.make(create, TENANT)).toMatchObject({ ok: false, problem: { code } });
  });

  it("reads an error whose keys are cased otherwise, or that is JSON in a string", async () => {
    const cased = await service(() =>
      json(
        {
          Error: {
            Message: "Error executing cmdlet",
            InnerError: { internalException: { Message: "Not so.", Type: "X.ValidationException" } },
          },
        },
        400,
      ),
    );
    expect(await cased.exchange.make(create, TENANT)).toMatchObject({ ok: false, problem: { say: "Exchange Online refused: Not so." } });
    const nested = await service(() =>
      json(
        {
          error: {
            message: "Error executing cmdlet",
            details: [{ code: "Context", message: JSON.stringify({ Message: "Not so.", TypeName: "X.ValidationException" }) }],
          },
        },
        400,
      ),
    );
    expect(await nested.exchange.make(create, TENANT)).toMatchObject({
      ok: false,
      problem: { code: "rejected", say: "Exchange Online refused: Not so." },
    });
  });
});
