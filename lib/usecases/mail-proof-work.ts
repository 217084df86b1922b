/** The work of an end-to-end proof: two messages, each with its intent before and its outcome after, then looks at what became of them. */
import type { Problem, Result } from "@/lib/base/result";
import { storable } from "@/lib/base/storable";
import type { MailProofOrder } from "@/lib/jobs/mail-proof";
import {
  type Circumstances,
  domainOf,
  isSent,
  isTraced,
  LEGS,
  type Leg,
  type LegName,
  mayBeThere,
  nextLookMs,
  type Sending,
  WATCHED_MS,
} from "@/lib/model/mail-proof";
import type { TenantScope } from "@/lib/model/scope";
import type { NewEvent } from "@/lib/store/events";
import type { ProofRow } from "@/lib/store/mail-proofs";
import { scopeForJob, scopeForRun } from "./access";
import type { Deps, TestMail } from "./deps";
import { readCircumstances } from "./mail-proof-facts";
import { letterOf } from "./mail-proof-letter";
import { lookedAt } from "./mail-proof-look";
import { loadSetup } from "./setup";

/** `scope`: in the name of whoever agreed to it. What the job sees by itself is written down under its own. */
type Work = { readonly deps: Deps; readonly scope: TenantScope; readonly job: TenantScope };
/** A server that asks to come back later is asked so often. */
const MOST_TRIES = 6;

const NO_HOST: Readonly<Record<LegName, Problem>> = {
  mx: {
    code: "not-ready",
    say: "The mail records of the domain could not be read, so nothing was sent.",
    fix: "Send two new ones in a minute.",
    step: "mx-records",
  },
  direct: {
    code: "not-ready",
    say: "Your organisation's own host at Microsoft is not known, so nothing was sent past the mail records.",
    fix: "Look at the domain in the step where you choose your domains, and send two new ones.",
    step: "choose-domains",
  },
};

function hostsFor(name: LegName, { mxHosts, ownHost }: Circumstances): readonly string[] {
  if (name === "mx") return mxHosts ?? [];
  return ownHost === null ? [] : [ownHost];
}

/** As many as a sender would try; a domain may name a thousand, each of which may be slow. */
const MOST_HOSTS = 4;
const MOST_MS = 5 * 60_000;

/** One host after another until one takes or refuses it: whoever asked to come back later took nothing. */
async function handed(
  mail: TestMail,
  hosts: readonly string[],
  letter: Parameters<TestMail["send"]>[1],
): Promise<ReturnType<TestMail["send"]>> {
  let last: Awaited<ReturnType<TestMail["send"]>> | null = null;
  const until = performance.now() + MOST_MS;
  for (const host of hosts.slice(0, MOST_HOSTS)) {
    if (last !== null && performance.now() > until) break;
    const next: Awaited<ReturnType<TestMail["send"]>> = await mail.send(host, letter);
    // Of hosts that all failed, what one of them said tells more than that another could not be reached.
    if (next.ok || !last?.ok) last = next;
    if (next.ok && next.value.end !== "later") break;
  }
  if (!last) throw new Error("A message without a host is not sent.");
  return last;
}

function sendingOf(came: Awaited<ReturnType<TestMail["send"]>>, at: number, isLastTry: boolean): Sending {
  if (!came.ok) return { state: "not-sent", at, problem: came.problem };
  const { end, said } = came.value;
  if (end !== "later") return { state: end, at, said };
  if (!isLastTry) return { state: "waiting", said };
  const say = `${said.host} took nothing, however often it was asked: ${said.code === null ? "" : `${said.code} `}${said.text}`;
  return {
    state: "not-sent",
    at,
    problem: { code: "unreachable", say, fix: "Look whether the host answers in the step about the mail records, and send two new ones." },
  };
}

const WORDS: Readonly<Partial<Record<Sending["state"], string>>> = {
  accepted: "proof-accepted",
  refused: "proof-refused",
  "not-sent": "proof-not-sent",
  unsure: "proof-unsure",
};
function eventOf({ name }: Leg, sending: Sending, at: number): readonly NewEvent[] {
  const kind = WORDS[sending.state];
  if (!kind) return [];
  const say =
    sending.state === "not-sent"
      ? sending.problem.say
      : "said" in sending && sending.said
        ? `${sending.said.host}: ${sending.said.code ?? ""} ${sending.said.text}`
        : "";
  return [{ kind, at, detail: { leg: name, say: storable(say, 500) } }];
}

/** @returns the row with this written into it; null when it is over meanwhile. */
async function write(
  { deps, scope }: Work,
  row: ProofRow,
  leg: Leg,
  sending: Sending,
  circumstances: Circumstances | null,
): Promise<ProofRow | null> {
  const at = deps.clock.now();
  const legs = { ...row.legs, [leg.name]: { ...leg, sending } };
  return deps.store.mailProofs.note(scope, row, {
    at,
    circumstances,
    legs,
    dueAt: at,
    tries: row.tries,
    events: eventOf(leg, sending, at),
  });
}

/** A message that was being sent when its worker died: nobody knows, and nobody sends it again. Held back by the lock, there is no other worker. */
async function sendOne(work: Work, row: ProofRow, name: LegName, now: Circumstances): Promise<ProofRow | null> {
  const { deps } = work;
  const leg = row.legs[name];
  const { sending } = leg;
  if (sending.state === "sending")
    return write({ ...work, scope: work.job }, row, leg, { state: "unsure", at: deps.clock.now(), said: null }, row.circumstances);
  if (sending.state !== "waiting") return row;
  const hosts = hostsFor(name, now);
  if (hosts.length === 0) return write(work, row, leg, { state: "not-sent", at: deps.clock.now(), problem: NO_HOST[name] }, now);
  const intent = await write(work, row, leg, { state: "sending", at: deps.clock.now() }, now);
  if (!intent) return null;
  const page = `${deps.publicUrl}/t/${work.scope.tenant}/proof`;
  const message = letterOf(leg, { from: row.from, to: row.address, at: deps.clock.now(), page });
  const came = await handed(deps.testMail, hosts, { from: row.from, to: row.address, message });
  return write(work, intent, leg, sendingOf(came, deps.clock.now(), row.tries >= MOST_TRIES), now);
}

async function sendAll(work: Work, row: ProofRow): Promise<ProofRow | null> {
  if (isSent(row.legs)) return row;
  const setup = await loadSetup(work.deps, work.scope);
  if (!setup.ok) return null;
  // By how things stand when the first of them goes.
  const now = row.circumstances ?? (await readCircumstances(setup.value, domainOf(row.address)));
  let held: ProofRow | null = row;
  for (const name of LEGS) held = held && (await sendOne(work, held, name, now));
  return held;
}

const isToBeLookedFor = (leg: Leg): boolean => mayBeThere(leg) && !isTraced(leg);

/** Something is still to be sent, or to be seen; null when not, or when it has been looked for long enough. */
function dueAfter(row: ProofRow, legs: ProofRow["legs"], at: number, problem: Problem | null): number | null {
  const next = Math.max(at + nextLookMs(row.tries), problem?.retryAt ?? 0);
  if (!isSent(legs)) return next;
  return LEGS.some((name) => isToBeLookedFor(legs[name])) && at < row.madeAt + WATCHED_MS ? next : null;
}

async function look({ deps, job: scope }: Work, row: ProofRow): Promise<void> {
  const at = deps.clock.now();
  const tenant = await deps.store.tenants.find(scope);
  const isAllowed = tenant?.access === "consent";
  const wanted = LEGS.filter((name) => isToBeLookedFor(row.legs[name]));
  const seen: Result<ProofRow["legs"]> =
    isAllowed && wanted.length > 0 ? await lookedAt(deps.testMail.traces, scope.tenant, row, wanted, at) : { ok: true, value: row.legs };
  const problem = seen.ok ? null : seen.problem;
  const legs = seen.ok
    ? seen.value
    : Object.fromEntries(LEGS.map((name) => [name, wanted.includes(name) ? { ...row.legs[name], traceProblem: problem } : row.legs[name]]));
  const whole = { ...row.legs, ...legs };
  const told = LEGS.filter((name) => whole[name].trace?.status !== row.legs[name].trace?.status);
  const events = told.map((name) => ({ kind: "proof-traced", at, detail: { leg: name, say: whole[name].trace?.status ?? "" } }));
  // Without access nobody can look: what the servers said is all there is, until headers are pasted.
  const dueAt = isAllowed || !isSent(whole) ? dueAfter(row, whole, at, problem) : null;
  await deps.store.mailProofs.note(scope, row, { at, circumstances: row.circumstances, legs: whole, dueAt, tries: row.tries + 1, events });
}

/** Does nothing while another worker is at it; if that one dies, its lock goes with it and the sweep finds the proof again. */
export const mailProofWork =
  (deps: Deps) =>
  async ({ tenant, proof: id }: MailProofOrder): Promise<void> => {
    const job = scopeForJob(tenant, "mail-proof");
    const found = await deps.store.mailProofs.find(job, id);
    if (!found?.isOpen) return;
    await deps.clock.refresh();
    await deps.store.exclusively(`mail-proof ${id}`, async () => {
      const work = { deps, scope: scopeForRun(tenant, found.by), job };
      const row = await deps.store.mailProofs.find(job, id);
      const sent = row?.isOpen ? await sendAll(work, row) : null;
      if (sent) await look(work, sent);
    });
  };
