import { deflateSync } from "node:zlib";
import { afterEach, describe, expect, it } from "vitest";
import type { Reply } from "@/lib/base/stand-in";
import { ACCESS, closeAll, fine, INVESTIGATE, idOf, practise, refusal } from "./testing";

afterEach(closeAll);

const ID = idOf("aa");
const STORED = `GET ${INVESTIGATE}/${ID}/preview`;
const DRAWN = `POST ${INVESTIGATE}/preview`;
const RAW = `GET ${INVESTIGATE}/${ID}/raw`;

/** A header as it should be; the checksums are nobody's business here. */
function png(width: number, height: number, more = 0): Buffer {
  const head = Buffer.alloc(33 + more);
  Buffer.from("89504e470d0a1a0a0000000d49484452", "hex").copy(head);
  head.writeUInt32BE(width, 16);
  head.writeUInt32BE(height, 20);
  return Buffer.concat([head, deflateSync(Buffer.alloc(10))]);
}
const shot = (bytes: Buffer, before = ""): Reply => fine({ screenshot: before + bytes.toString("base64") });
const picture = async (routes: Parameters<typeof practise>[0]) => {
  const practice = await practise(routes);
  return { answer: await practice.cloudflare.messages.picture(ACCESS, ID), practice };
};

describe("the picture of a message", () => {
  it("is the one that the vendor stored", async () => {
    for (const before of ["", "data:image/png;base64,"]) {
      const { answer, practice } = await picture({ [STORED]: shot(png(800, 600), before) });
      expect(answer.ok && Buffer.from(answer.value).equals(png(800, 600))).toBe(true);
      expect(practice.sent()).toHaveLength(1);
    }
  });

  it.each([
    ["a page", Buffer.from("<html><script>alert(1)</script>".padEnd(100))],
    ["a drawing in XML", Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg"/>`.padEnd(100))],
    ["nothing", Buffer.alloc(0)],
    ["a beginning alone", png(8, 8).subarray(0, 20)],
    ["no width", png(0, 600)],
    ["a side that no browser shows", png(40_000, 10)],
    ["more than a browser can hold", png(30_000, 30_000)],
    ["more bytes than a picture needs", png(800, 600, 11_000_000)],
  ])("is not shown when it is %s", async (_, bytes) => {
    expect((await picture({ [STORED]: shot(bytes) })).answer).toMatchObject({ ok: false, problem: { code: "unreadable" } });
  });

  it("is drawn when there is no detection, by the id of the message", async () => {
    for (const reply of [refusal(404, 10007, "no detection"), refusal(400, 10001, "no detection")]) {
      const { answer, practice } = await picture({ [STORED]: reply, [DRAWN]: shot(png(8, 8)) });
      expect(answer).toMatchObject({ ok: true });
      expect(practice.bodies("POST")).toEqual([{ id: ID }]);
    }
  });

  it("that cannot be drawn says why, and names the permission where that is why", async () => {
    const stored = { [STORED]: refusal(404, 10007, "no detection") };
    const denied = await picture({ ...stored, [DRAWN]: refusal(403, 10000, "Authentication error") });
    expect(denied.answer).toMatchObject({
      ok: false,
      problem: { code: "denied", say: expect.stringContaining("Cloud Email Security > Edit") },
    });
    const gone = await picture({ ...stored, [DRAWN]: refusal(404, 10007, "not in the inbox") });
    expect(gone.answer).toMatchObject({ ok: false, problem: { code: "gone", say: expect.stringContaining("inbox") } });
    const cut = await picture({ ...stored, [DRAWN]: () => "drop" });
    expect(cut.answer).toMatchObject({ ok: false, problem: { code: "unreachable" } });
    expect(cut.practice.bodies("POST")).toHaveLength(1);
  });

  it("is not drawn anew because the token may not read, or the vendor is away", async () => {
    for (const [reply, code] of [
      [refusal(403, 10000, "no"), "denied"],
      [refusal(429, 10429, "slow"), "throttled"],
    ] as const) {
      const { answer, practice } = await picture({ [STORED]: reply });
      expect(answer).toMatchObject({ ok: false, problem: { code } });
      expect(practice.sent()).toHaveLength(1);
    }
  });
});

const rawOf = async (reply: Reply) => (await practise({ [RAW]: reply })).cloudflare.messages.raw(ACCESS, ID);
const bytesOf = async (reply: Reply): Promise<Buffer> => {
  const answer = await rawOf(reply);
  if (!answer.ok) throw new Error(answer.problem.say);
  return Buffer.from(answer.value);
};
/** The answer's own bytes, around a text that is already written as JSON. */
const spelled = (text: string | Buffer): Reply => ({
  body: Buffer.concat([Buffer.from(`{"success":true,"errors":[],"messages":[],"result":{"raw":"`), Buffer.from(text), Buffer.from(`"}}`)]),
});

describe("the bytes of a message", () => {
  it("are UTF-8, however the answer spells its signs", async () => {
    const eml = 'Subject: Zürich "$5"\r\n\r\n€ 😀 \\u0041 \u0000 end\r\n';
    const escaped = JSON.stringify(eml)
      .slice(1, -1)
      .replace(/[^ -~]/g, (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, "0")}`);
    expect(await bytesOf(fine({ raw: eml }))).toEqual(Buffer.from(eml));
    expect(await bytesOf(spelled(escaped))).toEqual(Buffer.from(eml));
  });

  it("that are no UTF-8 are kept, raw in the answer or as halves of pairs", async () => {
    const eml = Buffer.from("Zürich ÿ", "latin1");
    expect(await bytesOf(spelled(eml))).toEqual(eml);
    expect(await bytesOf(spelled("Z\\udcfcrich \\udcff"))).toEqual(eml);
  });

  it("pass with forty megabytes attached", async () => {
    const eml = `Subject: big\r\n\r\n${Buffer.alloc(40_000_000, "cutover ").toString("base64").replace(/.{76}/g, "$&\r\n")}`;
    expect((await bytesOf(fine({ raw: eml }))).equals(Buffer.from(eml))).toBe(true);
  }, 20_000);

  it("come out of an answer that is nothing but escapes, whatever they stand for", async () => {
    const strange = Buffer.from(`\u0001"\\/\u007fé€😀`.repeat(1_000));
    const escapes = (text: string) => text.replace(/[\s\S]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`);
    expect(await bytesOf(spelled(escapes(strange.toString())))).toEqual(strange);
    expect(await bytesOf(spelled("\\ud800\\uD83Dx\\udc00"))).toEqual(Buffer.from("\ufffd\ufffdx\ufffd"));
    const many = 3_000_000;
    for (const [unit, bytes] of [
      ["\\udcff", 1],
      ["\\u4e00", 3],
      ["\\udcff ", 2],
    ] as const)
      expect((await bytesOf(spelled(unit.repeat(many)))).length).toBe(many * bytes);
  }, 30_000);

  it("of one customer are read one message at a time, and hold up no other's", async () => {
    const raw = `/email-security/investigate/${ID}/raw`;
    const other = { ...ACCESS, accountId: "b".repeat(32) };
    const routes = Object.fromEntries([ACCESS, other].map(({ accountId }) => [`GET /accounts/${accountId}${raw}`, fine({ raw: "x" })]));
    const practice = await practise(routes);
    const read = (access: typeof ACCESS) => practice.cloudflare.messages.raw(access, ID);
    await Promise.all([read(ACCESS), read(ACCESS), read(ACCESS)]);
    expect(practice.most()).toBe(1);
    await Promise.all([read(ACCESS), read(ACCESS), read(other)]);
    expect(practice.most()).toBe(2);
  });

  it("are not read without end", async () => {
    expect(await rawOf(fine({ raw: "x".repeat(100_000_001) }))).toMatchObject({ ok: false, problem: { code: "unreadable" } });
  }, 20_000);

  it("are there for detections only, and that is said", async () => {
    for (const reply of [refusal(400, 10001, "no detection"), fine({ raw: "" })])
      expect(await rawOf(reply)).toMatchObject({ ok: false, problem: { code: "gone", say: expect.stringContaining("detections only") } });
    expect(await rawOf(fine({ raw: null }))).toMatchObject({ ok: false, problem: { code: "unreadable" } });
  });
});
