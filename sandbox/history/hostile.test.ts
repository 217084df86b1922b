import { expect, test } from "vitest";
import { mailed, type Row } from "../cloudflare/mail-testing";
import { hostileKinds } from "./hostile";
import { generatedRaw } from "./raw";

type Shown = Row & { subject: string; from_name: string };
const numberOf = ({ id }: Row) => Number.parseInt(id.slice(-8), 16);
const everything = { start: "2020-01-01T00:00:00Z" };

test("each kind is there twice, held and delivered, and found with everything that makes it hostile", async () => {
  const open = mailed("hostile-mail");
  const rows: Shown[] = (await open.mail("GET", `?${new URLSearchParams(everything)}&per_page=100`)).body.result;
  expect(rows).toHaveLength(hostileKinds.length * 2);
  for (const row of rows) {
    const kind = hostileKinds[Math.floor(numberOf(row) / 2)];
    expect([row.subject, row.from_name, row.is_quarantined]).toEqual([kind?.subject, kind?.fromName, numberOf(row) % 2 === 0]);
  }
  expect(rows.map(({ subject }) => subject.length)).toContain(100_000);
  expect(rows.some(({ message_id }) => message_id.includes(`/"quoted"`))).toBe(true);
});

test("each answers all questions about it, moves when it was delivered, and is released when it was held", async () => {
  const open = mailed("hostile-mail");
  for (const row of await open.find(everything)) {
    for (const rest of ["", "/raw", "/preview", "/detections", "/trace", "/action_log"])
      expect([row.id, rest, (await open.mail("GET", `/${row.id}${rest}`)).status]).toEqual([row.id, rest, 200]);
    if (row.is_quarantined) await open.mail("POST", "/release", { ids: [row.id] });
    const results = await open.move([row.id], "JunkEmail");
    expect([row.id, results.map(({ status }) => status)]).toEqual([row.id, row.client_recipients.map(() => "success")]);
  }
});

test("the bomb is a hundred thousand tags deep, the file forty megabytes, the broken message no UTF-8", () => {
  const { tenant } = mailed("hostile-mail");
  const rawOf = (name: string) => generatedRaw(tenant, hostileKinds.findIndex((kind) => kind.name === name) * 2) ?? Buffer.alloc(0);
  expect(rawOf("html-bomb").toString("latin1").split("<div>")).toHaveLength(100_001);
  expect(rawOf("big-attachment").length).toBeGreaterThan(40_000_000);
  expect(rawOf("broken-mime").toString("utf8")).toContain("\ufffd");
  expect(JSON.stringify(tenant).length).toBeLessThan(100_000);
});
