/** The file that a script wrote, as somebody uploads it: the admin's word about their tenant, read with distrust. DNS is never in it. */
import { z } from "zod";
import { parseJson } from "@/lib/base/json";
import { no, ok, type Result } from "@/lib/base/result";
import { factsOf, isKind } from "./nouns";

export type Upload = {
  readonly tenant: string;
  readonly nonce: string;
  /** The plan whose changes the script made; null when it only read. */
  readonly plan: string | null;
  /** When the script ran, by the clock of the machine it ran on, in ms since 1970. */
  readonly at: number;
  /** Raw answers by the name of their ask. */
  readonly answers: ReadonlyMap<string, Result<unknown>>;
  /** By the script's name of a change: the service's id of the object. */
  readonly made: ReadonlyMap<string, { readonly key: string }>;
  /** Why the script stopped half-way; null when it went through. */
  readonly stopped: string | null;
};

export type Expected = { readonly tenant: string; readonly nonce: string; readonly plan: string | null };

export const UPLOAD_MAX_BYTES = 5 * 1024 * 1024;
const NAME_MAX = 400;
const ANSWERS_MAX = 2_000;
/** A receipt for each change: people are put into a list of others one by one. */
const MADE_MAX = 25_000;
const SAY_MAX = 2_000;
const DEPTH_MAX = 32;
const RUN_AGAIN = "Download the script again, run it, and upload the file it writes.";

// Only own entries count, whatever they are called: nothing of the file is ever copied into an object of ours.
const table = z.custom<object>((v) => typeof v === "object" && v !== null && !Array.isArray(v));
const text = (max: number) => z.string().max(max);
const shape = z.object({
  v: z.literal(1),
  tenant: text(100),
  nonce: text(200),
  plan: z.preprocess((v) => v ?? null, text(200).nullable()),
  at: text(60).refine((at) => Number.isFinite(Date.parse(at))),
  answers: table,
  made: table,
  stopped: z.preprocess((v) => v ?? null, z.string().nullable()),
});
const answerShape = z.discriminatedUnion("ok", [
  z.object({ ok: z.literal(true), value: z.array(z.unknown()) }),
  z.object({ ok: z.literal(false), say: z.preprocess((v) => v ?? "", z.string()) }),
]);
const madeShape = z.object({ key: text(NAME_MAX) });

function jsonOf(content: string): Result<unknown> {
  if (isTooDeep(content)) return no("rejected", "This is not the file that the script wrote.", { fix: RUN_AGAIN });
  const json = parseJson(content);
  if (json.ok) return json;
  const isCut = /^\s*\{/.test(content) && !/\}\s*$/.test(content);
  return no(
    "unreadable",
    isCut ? "The file ends in the middle. It was not uploaded or copied completely." : "This is not the file that the script wrote.",
    { fix: RUN_AGAIN },
  );
}

/** The script writes tables in lists in tables. A thousand brackets in each other are there to break whoever reads or keeps them. */
function isTooDeep(content: string): boolean {
  let depth = 0;
  for (const [token] of content.matchAll(/"(?:[^"\\]|\\.)*"|[[\]{}]/gs)) {
    if (token === "[" || token === "{") depth += 1;
    if (token === "]" || token === "}") depth -= 1;
    if (depth > DEPTH_MAX) return true;
  }
  return false;
}

const versionOf = (value: unknown): unknown => z.object({ v: z.unknown() }).safeParse(value).data?.v;

function whyStrange(file: z.infer<typeof shape>, expected: Expected): string | null {
  if (file.tenant.toLowerCase() !== expected.tenant.toLowerCase())
    return "This file comes from another organisation than the one you are setting up.";
  if (file.nonce !== expected.nonce) return "This file comes from another download of the script than the last one.";
  if (file.plan !== expected.plan) return "This file belongs to another plan than the one that is open.";
  return null;
}

function answerOf(name: string, value: unknown): Result<readonly [string, Result<unknown>]> {
  const [kind = ""] = name.split("/");
  if (name.length > NAME_MAX || !isKind(kind)) return no("rejected", "The file answers a question that nobody asked.", { fix: RUN_AGAIN });
  const { asked } = factsOf(kind);
  if (asked.cloud !== "exchange" && asked.cloud !== "graph")
    return no(
      "rejected",
      "The file holds an answer about DNS, a mail server or the vendor. Cutover asks those itself and takes nobody's word for it.",
      {
        fix: RUN_AGAIN,
      },
    );
  if (asked.cloud === "graph" && asked.question === "grants")
    return no("rejected", "The file says what Cutover may do. Cutover asks Microsoft that itself.", { fix: RUN_AGAIN });
  const read = answerShape.safeParse(value);
  if (!read.success) return no("unreadable", `The answer to “${kind}” in the file is damaged.`, { fix: RUN_AGAIN });
  const said = read.data;
  return ok([
    name,
    said.ok
      ? ok(said.value)
      : no("unreachable", `The script could not read it: ${said.say.slice(0, SAY_MAX)}`, {
          fix: "Put right what it says, run the script again and upload the new file.",
        }),
  ]);
}

function madeOf(name: string, value: unknown): Result<readonly [string, { readonly key: string }]> {
  const read = madeShape.safeParse(value);
  return read.success && /^[0-9a-f]{32}$/.test(name)
    ? ok([name, read.data])
    : no("unreadable", "The list of what the script made is damaged.", { fix: RUN_AGAIN });
}

/** Every entry read, or the first that cannot be. */
function entriesOf<T>(
  held: object,
  most: number,
  read: (name: string, value: unknown) => Result<readonly [string, T]>,
): Result<ReadonlyMap<string, T>> {
  const entries = Object.entries(held);
  if (entries.length > most) return no("rejected", "The file holds far more than the script asks for.", { fix: RUN_AGAIN });
  const all = new Map<string, T>();
  for (const [name, value] of entries) {
    const one = read(name, value);
    if (!one.ok) return one;
    all.set(one.value[0], one.value[1]);
  }
  return ok(all);
}

function fileOf(content: string): Result<z.infer<typeof shape>> {
  if (new TextEncoder().encode(content).length > UPLOAD_MAX_BYTES)
    return no("rejected", "The file is larger than 5 MB. The script never writes that much.", { fix: RUN_AGAIN });
  const json = jsonOf(content.replace(/^\uFEFF/, ""));
  if (!json.ok) return json;
  const read = shape.safeParse(json.value);
  if (read.success) return ok(read.data);
  const version = versionOf(json.value);
  if (typeof version === "number" && version !== 1)
    return no("rejected", "This file was written by a script of another version of Cutover.", { fix: RUN_AGAIN });
  return no("unreadable", "This is not the file that the script wrote.", { fix: RUN_AGAIN });
}

/** @returns what the file says, or one sentence why it is not taken. Nothing of a refused file is used. */
export function parseUpload(content: string, expected: Expected): Result<Upload> {
  const file = fileOf(content);
  if (!file.ok) return file;
  const strange = whyStrange(file.value, expected);
  if (strange) return no("rejected", strange, { fix: RUN_AGAIN });
  const answers = entriesOf(file.value.answers, ANSWERS_MAX, answerOf);
  if (!answers.ok) return answers;
  const made = entriesOf(file.value.made, MADE_MAX, madeOf);
  if (!made.ok) return made;
  const { tenant, nonce, plan, at, stopped } = file.value;
  return ok({
    tenant,
    nonce,
    plan,
    at: Date.parse(at),
    answers: answers.value,
    made: made.value,
    stopped: stopped?.slice(0, SAY_MAX) ?? null,
  });
}
