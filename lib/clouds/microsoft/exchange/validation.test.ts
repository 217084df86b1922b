import { afterEach, describe, expect, it } from "vitest";
import { json } from "@/lib/base/stand-in";
import { closeAll, failure, NOW, rows, service, TENANT } from "./stand-in-service";
import { judged } from "./validation";

afterEach(closeAll);

type Task = {
  readonly TaskName: string;
  readonly IsTaskSuccessful: unknown;
  readonly TaskDetail: unknown;
  readonly SubTaskResults: unknown;
};
const task = (TaskName: string, problem: string | null, SubTaskResults: unknown = []): Task => ({
  TaskName,
  IsTaskSuccessful: problem === null,
  TaskDetail: problem ?? "Succeeded",
  SubTaskResults,
});
const HOST = "mailstream-east.mxrecord.io";
const connectivity = (problem: string) =>
  task("Check connectivity", `${HOST}: ${problem}`, [task(HOST, problem, [task("Resolve", null), task("Connection", problem)])]);
const CALL = {
  cmdlet: "Validate-OutboundConnector",
  parameters: { Identity: "Ours", Recipients: ["contoso@journaling.mxrecord.io"], Confirm: false },
};

describe("judging a validation", () => {
  it("is well when every task and every part of one is, and keeps what was said", () => {
    const all = [task("Check connectivity", null, [task(HOST, null)]), task("Send test email", null)];
    expect(judged(all, { "request-id": "r" })).toEqual({ ok: true, value: { "request-id": "r", rows: JSON.stringify(all) } });
  });

  it.each([
    ["450 4.4.312 DNS query failed: mailstream.example could not be resolved.", /does not resolve/],
    ["450 4.4.315 Connection timed out", /port 25/],
    ["450 4.4.316 Connection refused [Message=Socket error code 10061]", /port 25/],
    ["450 4.7.321 starttls-not-supported: Destination mail server must support TLS to receive mail.", /does not offer TLS/],
    ["450 4.7.320 Certificate validation failed [Message=SubjectMismatch]", /certificate/],
    ["550 5.1.1 <contoso@journaling.mxrecord.io>: Recipient address rejected", /no such recipient/],
    ["The domain 'contoso.com' of the recipient isn't one of the connector's recipient domains.", /not in a domain/],
    ["The connector 'Ours' is turned off.", /turned off/],
  ])("explains “%s”", (detail, words) => {
    const found = judged([connectivity(detail)], {});
    expect(found).toMatchObject({ ok: false, problem: { code: "rejected", fix: expect.any(String), evidence: { detail } } });
    expect(!found.ok && found.problem.say).toMatch(words);
    expect(!found.ok && found.problem.say).toContain(`“Check connectivity > ${HOST} > Connection”`);
  });

  it("quotes what it does not know, and never more than fits", () => {
    expect(judged([task("Send test email", "451 odd")], {})).toMatchObject({
      ok: false,
      problem: { say: "Exchange Online tried the connector, and it failed at “Send test email”: “451 odd”" },
    });
    const long = judged([task("Send test email", "x".repeat(50_000))], {});
    expect(!long.ok && JSON.stringify(long.problem).length).toBeLessThan(6_000);
  });

  it("takes the words of the whole where the part that failed has none", () => {
    const silent = { ...task(HOST, ""), TaskDetail: null };
    const whole = task("Check connectivity", "450 4.7.321 starttls-not-supported", [silent]);
    expect(judged([whole], {})).toMatchObject({
      ok: false,
      problem: { say: expect.stringMatching(/mxrecord\.io”\. .*does not offer TLS/) },
    });
  });

  it("finds the part that failed under one that claims success, and in parts that come as text", () => {
    expect(judged([task("Check connectivity", null, [task(HOST, "450 4.4.315 Connection timed out")])], {})).toMatchObject({ ok: false });
    const asText = task("Check connectivity", null, JSON.stringify([task(HOST, "450 4.4.315 Connection timed out")]));
    expect(judged([asText], {})).toMatchObject({ ok: false });
    const spelled = {
      ...task("Send test email", null, [JSON.stringify(task("Recipient", "550 5.1.1 unknown"))]),
      IsTaskSuccessful: "True",
    };
    expect(judged([spelled], {})).toMatchObject({ ok: false, problem: { say: expect.stringContaining("no such recipient") } });
    expect(judged([{ ...task("Send test email", null, "Succeeded"), IsTaskSuccessful: "False" }], {})).toMatchObject({ ok: false });
    expect(judged([{ ...task("Send test email", null, "Succeeded"), IsTaskSuccessful: "True" }], {})).toMatchObject({ ok: true });
  });

  it.each([[[]], [[{ Name: "odd" }]], [[task("Check connectivity", null), { TaskName: "x" }]]])("does not take %j for success", (all) => {
    expect(judged(all, {})).toMatchObject({ ok: false, problem: { code: "unreadable" } });
  });
});

describe("trying a connector", () => {
  it("is done when all went well, under the connector's name", async () => {
    const { exchange, calls } = await service(() => json(rows(task("Check connectivity", null), task("Send test email", null))));
    expect(await exchange.make(CALL, TENANT)).toMatchObject({ ok: true, value: { key: "Ours", evidence: { rows: expect.any(String) } } });
    expect(calls[0]).toEqual({ CmdletName: CALL.cmdlet, Parameters: CALL.parameters });
  });

  it("fails with what the task said although the answer is a 200, with request ids beside", async () => {
    const { exchange } = await service(() => json(rows(connectivity("450 4.4.315 Connection timed out")), 200, { "request-id": "r-1" }));
    expect(await exchange.make(CALL, TENANT)).toMatchObject({
      ok: false,
      problem: { code: "rejected", evidence: { "request-id": "r-1", rows: expect.stringContaining("4.4.315") } },
    });
  });

  it("waits for a connector that is not shown yet", async () => {
    const { exchange } = await service(() => failure("X.ManagementObjectNotFoundException", "couldn't be found", 404));
    expect(await exchange.make(CALL, TENANT)).toMatchObject({ ok: false, problem: { code: "not-ready", retryAt: NOW + 60_000 } });
  });

  it("is not sent twice when nobody knows what became of it: each try is mail", async () => {
    const { exchange, calls } = await service(() => ({ status: 503 }));
    expect(await exchange.make(CALL, TENANT)).toMatchObject({ ok: false, problem: { code: "unsure" } });
    expect(calls).toHaveLength(1);
  });
});
