/**
 * What Validate-OutboundConnector found: each of its tasks and their parts must have come out well. What went wrong is told by what the servers
 * said. Source: $metadata of the admin API (rows), Microsoft's "Fixing connector validation errors"; facts/what-goes-wrong.md 50, 51.
 */
import { z } from "zod";
import { parseJson } from "@/lib/base/json";
import { no, ok, type Problem, type Result } from "@/lib/base/result";
import type { Row } from "./answer";

export const VALIDATE = "Validate-OutboundConnector";

type Task = { readonly name: string; readonly isGood: boolean; readonly detail: string; readonly parts: readonly Task[] };
/** A task that failed, with the names of those it is a part of. */
type Failed = { readonly path: readonly string[]; readonly detail: string };

const said = z.preprocess(
  (v) => (v === null || v === undefined ? "" : typeof v === "string" ? v : JSON.stringify(v)),
  z.string().transform((text) => text.trim()),
);
const verdict = z.preprocess((v) => (typeof v === "string" ? v.trim().toLowerCase() === "true" : v), z.boolean());
/** Nested objects come as lists, as one object, as text that holds either, or as text that says nothing more than their parent. */
const parts = z.preprocess((v) => {
  const held = typeof v === "string" ? parsed(v) : v;
  const all = Array.isArray(held) ? held : [held];
  return all.map((one) => (typeof one === "string" ? parsed(one) : one)).filter((one) => typeof one === "object" && one !== null);
}, z.array(z.unknown()));
const shape = z.object({ TaskName: said, IsTaskSuccessful: verdict, TaskDetail: said, SubTaskResults: parts });

function parsed(text: string): unknown {
  const read = parseJson(text);
  return read.ok ? read.value : null;
}

const DEEPEST = 8;

function taskOf(raw: unknown, depth = 0): Task | null {
  const read = shape.safeParse(raw);
  if (!read.success || depth > DEEPEST) return null;
  const { TaskName, IsTaskSuccessful, TaskDetail, SubTaskResults } = read.data;
  const all = SubTaskResults.map((part) => taskOf(part, depth + 1));
  const known = all.flatMap((part) => part ?? []);
  return known.length < all.length ? null : { name: TaskName, isGood: IsTaskSuccessful, detail: TaskDetail, parts: known };
}

/** The innermost ones: they say why, or what they are a part of says it for them. */
function failedIn(task: Task, above: Failed = { path: [], detail: "" }): readonly Failed[] {
  const own = { path: [...above.path, task.name].filter((name) => name !== ""), detail: task.isGood ? "" : task.detail || above.detail };
  const inside = task.parts.flatMap((part) => failedIn(part, own));
  return inside.length > 0 || task.isGood ? inside : [own];
}

type Reason = { readonly when: RegExp; readonly say: string; readonly fix: string };

/** The first that fits; codes of Microsoft's senders stand before words. */
const REASONS: readonly Reason[] = [
  {
    when: /recipient domains|recipient'?s? domain|isn'?t (one of|in) the connector|not (one of|in) the (connector|domains)/i,
    say: "The recipient of the test message is not in a domain that this connector is for.",
    fix: "Enter an address in one of the connector’s domains, or add the address’s domain to the connector.",
  },
  {
    when: /4\.4\.312|DNS query failed|InfoDomainNonexistent|not (be )?resolve|NXDOMAIN|no such host|host unknown/i,
    say: "The name of the smart host does not resolve.",
    fix: "Compare the smart host with what the vendor names, letter by letter, then try again.",
  },
  {
    when: /4\.7\.320|4\.7\.32[2-5]|certificate|UntrustedRoot|SubjectMismatch|CertExpired/i,
    say: "The certificate of the smart host is not valid, not from an authority that Microsoft trusts, or for another name.",
    fix: "Check the smart host’s name and the connector’s TLS settings; the certificate itself is the vendor’s: tell their support.",
  },
  {
    when: /4\.7\.321|starttls|must support TLS|TLS (is )?not (supported|offered)/i,
    say: "The smart host does not offer TLS, and this connector sends over TLS only.",
    fix: "Check the smart host’s name. If it is right, ask the vendor’s support why it offers no TLS.",
  },
  {
    when: /5\.1\.1\b|5\.1\.10|no such (user|recipient|mailbox)|user unknown|unknown (user|recipient)|recipient (address )?(rejected|not found)/i,
    say: "The vendor’s server knows no such recipient.",
    fix: "Compare the journaling address with the one in the vendor’s dashboard, letter by letter, then try again.",
  },
  {
    when: /turned off|switched off|(is|are) disabled|not enabled/i,
    say: "The connector is turned off.",
    fix: "Turn the connector on, then try again.",
  },
  {
    when: /4\.4\.31[5-7]|1006[01]|connection (was )?(refused|timed out|reset)|timed out|(un|not )able to connect|(can ?not|can'?t|failed to) connect/i,
    say: "The smart host cannot be reached on port 25: it refused the connection or did not answer.",
    fix: "Check the smart host’s name. If it is right, wait a few minutes and try again; then ask the vendor’s support.",
  },
];

const short = (text: string, most: number): string => (text.length > most ? `${text.slice(0, most)}…` : text);
const MOST_DETAIL = 300;
const MOST_ROWS = 4_000;

function problemOf(failures: readonly Failed[], first: Failed): Pick<Problem, "code" | "say" | "fix"> {
  const reason =
    REASONS.find(({ when }) => when.test(first.detail)) ?? REASONS.find(({ when }) => failures.some((one) => when.test(one.detail)));
  const task = first.path.join(" > ") || "a task without a name";
  const detail = first.detail === "" ? "without saying why" : `“${short(first.detail, MOST_DETAIL)}”`;
  const start = `Exchange Online tried the connector, and it failed at “${short(task, MOST_DETAIL)}”`;
  if (reason === undefined)
    return {
      code: "rejected",
      say: first.detail === "" ? `${start} ${detail}.` : `${start}: ${detail}`,
      fix: "Put right what it says, then try again.",
    };
  return { code: "rejected", say: `${start}. ${reason.say}`, fix: reason.fix };
}

/** @returns the rows as evidence, when all of it came out well. */
export function judged(rows: readonly Row[], evidence: Readonly<Record<string, string>>): Result<Readonly<Record<string, string>>> {
  const kept = { ...evidence, rows: short(JSON.stringify(rows), MOST_ROWS) };
  const tasks = rows.map((row) => taskOf(row));
  const known = tasks.flatMap((task) => task ?? []);
  const failures = known.flatMap((task) => failedIn(task));
  const [first] = failures;
  if (first !== undefined)
    return { ok: false, problem: { ...problemOf(failures, first), evidence: { ...kept, detail: short(first.detail, 600) } } };
  if (known.length === 0 || known.length < tasks.length)
    return no("unreadable", "Exchange Online tried the connector and did not say in words we know how that came out.", {
      fix: "Look at the connector in the Exchange admin center: validate it there, then look again.",
      evidence: kept,
    });
  return ok(kept);
}
