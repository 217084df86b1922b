import { afterEach, expect, it, vi } from "vitest";
import { foundWords, moved, suggestions } from "./person-search";

afterEach(() => vi.unstubAllGlobals());
const asked = (body: unknown, status = 200) => {
  const fetched = vi.fn(async () => new Response(JSON.stringify(body), { status }));
  vi.stubGlobal("fetch", fetched);
  return fetched;
};
const signal = new AbortController().signal;
const ann = { name: "Ann", address: "ann@x.com", usageLocation: "US", office: "" };

it("the arrows lead round at both ends, and nowhere without anybody", () => {
  expect([moved(-1, "ArrowDown", 2), moved(1, "ArrowDown", 2), moved(0, "ArrowUp", 2), moved(-1, "ArrowUp", 2)]).toEqual([0, 0, 1, 1]);
  expect(moved(-1, "ArrowDown", 0)).toBe(-1);
});

it("what is typed goes out as a value, whatever it holds", async () => {
  const fetched = asked({ people: [ann] });
  expect(await suggestions("/api/people", "a&q=b", signal)).toMatchObject([{ address: "ann@x.com" }]);
  expect(fetched).toHaveBeenCalledWith("/api/people?q=a%26q%3Db", expect.anything());
});

it("a directory that says no, or something strange, suggests nobody", async () => {
  asked({ problem: {} }, 502);
  expect(await suggestions("/api/people", "ann", signal)).toEqual([]);
  asked({ people: "everybody" });
  expect(await suggestions("/api/people", "ann", signal)).toEqual([]);
});

it("says how many were found", () => {
  expect([0, 1, 2].map(foundWords)).toEqual([
    "Nobody found",
    "1 person found. Use the arrow keys to choose.",
    "2 people found. Use the arrow keys to choose.",
  ]);
});
