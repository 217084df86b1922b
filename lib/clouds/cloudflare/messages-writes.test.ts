import { afterEach, describe, expect, it } from "vitest";
import { paramsOf, searchOf } from "@/lib/model/mail-search";
import { ACCESS, closeAll, fine, found, INVESTIGATE, idOf, message, NOW, practise, refusal } from "./testing";

afterEach(closeAll);

const MOVE = `POST ${INVESTIGATE}/move`;
const RELEASE = `POST ${INVESTIGATE}/release`;
const [A, B] = [idOf("aa"), idOf("bb")];
const entry = (message_id: unknown, recipient: unknown, success = true, status: unknown = success ? "OK" : "not found") => ({
  ...{ message_id, recipient, success, status },
  ...{ destination: "JunkEmail", operation: "MOVE", completed_at: null },
});
const outcome = (recipient: string, success = true, status = success ? "OK" : "not found") => ({ recipient, success, status });
const move = async (routes: Parameters<typeof practise>[0], ids: readonly string[] = [A, B], seen = false) => {
  const practice = await practise(routes);
  const { messages } = practice.cloudflare;
  if (seen) await messages.search(ACCESS, searchOf(paramsOf({}), NOW), { cursor: null, most: 50 });
  return { answer: await messages.move(ACCESS, ids, "JunkEmail"), practice };
};

describe("a move", () => {
  it("says where to and of which messages, once, and tells what became of each in each mailbox", async () => {
    const { answer, practice } = await move({
      [MOVE]: fine([entry(A, "aa@contoso.com"), entry(A, "xx@contoso.com", false), entry(B, "bb@contoso.com", false, null)]),
    });
    expect(practice.bodies("POST")).toEqual([{ destination: "JunkEmail", ids: [A, B] }]);
    expect(answer.ok && [...answer.value]).toEqual([
      [A, [outcome("aa@contoso.com"), outcome("xx@contoso.com", false)]],
      [B, [outcome("bb@contoso.com", false, "")]],
    ]);
  });

  it("knows a message by the first part of its id", async () => {
    const { answer } = await move({
      [MOVE]: fine([entry("4Njp3P0STMz2c0bb", "bb@contoso.com"), entry("4Njp3P0STMz2c0aa", "aa@contoso.com")]),
    });
    expect(answer.ok && answer.value.get(A)).toEqual([outcome("aa@contoso.com")]);
    expect(answer.ok && answer.value.get(B)).toEqual([outcome("bb@contoso.com")]);
  });

  it("knows a message by its Message-ID once a search has shown it, with brackets or without", async () => {
    const routes = {
      [`GET ${INVESTIGATE}`]: found([message("aa"), message("bb")]),
      [MOVE]: fine([entry("<BB@contoso.com>", "bb@contoso.com"), entry("aa@contoso.com", "aa@contoso.com")]),
    };
    const { answer } = await move(routes, [A, B], true);
    expect(answer.ok && answer.value.get(A)).toEqual([outcome("aa@contoso.com")]);
    expect(answer.ok && answer.value.get(B)).toEqual([outcome("bb@contoso.com")]);
    const unseen = await move(routes);
    expect(unseen.answer).toEqual({ ok: true, value: new Map() });
  });

  it("tells the copies of one mail apart by whom they went to", async () => {
    const same = { message_id: "<mail@fabrikam.example>" };
    const routes = {
      [`GET ${INVESTIGATE}`]: found([message("aa", same), message("bb", same)]),
      [MOVE]: fine([entry("<mail@fabrikam.example>", "BB@contoso.com", false), entry("<mail@fabrikam.example>", "aa@contoso.com")]),
    };
    const { answer } = await move(routes, [A, B], true);
    expect(answer.ok && answer.value.get(A)).toEqual([outcome("aa@contoso.com")]);
    expect(answer.ok && answer.value.get(B)).toEqual([outcome("BB@contoso.com", false)]);
  });

  it("of one message is about that one, whatever the answer calls it", async () => {
    const { answer } = await move({ [MOVE]: fine([entry(null, null), entry("7", "xx@contoso.com", false)]) }, [A]);
    expect(answer.ok && answer.value.get(A)).toEqual([outcome(""), outcome("xx@contoso.com", false)]);
  });

  it("leaves out what the answer does not speak of, and entries that cannot be read", async () => {
    const { answer } = await move({ [MOVE]: fine([entry(A, "aa@contoso.com"), { message_id: B }, null, entry(idOf("cc"), "x@y.z")]) });
    expect(answer.ok && [...answer.value.keys()]).toEqual([A]);
  });

  it("counts a mailbox as failed when one of two answers about it is", async () => {
    for (const order of [
      [true, false],
      [false, true],
    ]) {
      const { answer } = await move({ [MOVE]: fine(order.map((success) => entry(A, "aa@contoso.com", success))) }, [A]);
      expect(answer.ok && answer.value.get(A)).toEqual([outcome("aa@contoso.com", false)]);
    }
  });

  it.each<[string, Parameters<typeof practise>[0][string], string]>([
    ["whose connection is cut", () => "drop", "unsure"],
    ["that fails in the middle", refusal(502, 0, ""), "unsure"],
    ["that is taken and not carried out yet", { status: 202, body: "" }, "unsure"],
    ["whose answer cannot be read", { body: "<html>" }, "unsure"],
    ["whose answer is no list", fine({ moved: true }), "unsure"],
    ["that is put off", refusal(429, 10429, "slow down", { "retry-after": "1" }), "throttled"],
    ["that there is something against", refusal(409, 10014, "no active integration"), "rejected"],
  ])("%s is sent once", async (_, reply, code) => {
    const { answer, practice } = await move({ [MOVE]: reply });
    expect(answer).toMatchObject({ ok: false, problem: { code } });
    expect(practice.sent()).toHaveLength(1);
  });

  it("names the permission it lacks", async () => {
    const { answer } = await move({ [MOVE]: refusal(403, 10000, "Authentication error") });
    expect(answer).toMatchObject({ problem: { code: "denied", say: expect.stringContaining("Account > Cloud Email Security > Edit") } });
  });

  it("of nothing is not sent, and more than a thousand are a mistake of ours", async () => {
    const { answer, practice } = await move({}, []);
    expect(answer).toEqual({ ok: true, value: new Map() });
    expect(practice.sent()).toEqual([]);
    const many = Array.from({ length: 1_001 }, (_, nth) => `id-${nth}`);
    await expect(practice.cloudflare.messages.move(ACCESS, many, "Inbox")).rejects.toThrow("1000");
  });
});

describe("a release", () => {
  const release = async (routes: Parameters<typeof practise>[0], ids: readonly string[] = [A, B]) => {
    const practice = await practise(routes);
    return { answer: await practice.cloudflare.messages.release(ACCESS, ids), practice };
  };

  it("sends the ids in an object, once, and tells who got it", async () => {
    const { answer, practice } = await release({
      [RELEASE]: fine([
        { id: A, delivered: ["aa@contoso.com"], failed: ["x@contoso.com"], undelivered: null },
        { postfix_id: "4Njp3P0STMz2c0bb", undelivered: ["bb@contoso.com"] },
      ]),
    });
    expect(practice.bodies("POST")).toEqual([{ ids: [A, B] }]);
    expect(answer.ok && [...answer.value]).toEqual([
      [A, [outcome("aa@contoso.com", true, "delivered"), outcome("x@contoso.com", false, "failed")]],
      [B, [outcome("bb@contoso.com", false, "undelivered")]],
    ]);
  });

  it("of which the answer names nobody is one that it does not speak of", async () => {
    expect((await release({ [RELEASE]: fine([{ id: A, delivered: [], failed: null }]) })).answer).toEqual({ ok: true, value: new Map() });
  });

  it("whose answer is lost may have been made, and is sent once", async () => {
    const { answer, practice } = await release({ [RELEASE]: () => "drop" });
    expect(answer).toMatchObject({ ok: false, problem: { code: "unsure" } });
    expect(practice.sent()).toHaveLength(1);
  });
});
