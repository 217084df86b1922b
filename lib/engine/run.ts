/** Carries a plan out, or goes on with one that was cut short. What is left must be part of what was agreed. */
import type { Problem } from "@/lib/base/result";
import { isPutInPlace } from "@/lib/model/call";
import { type Change, keyOf } from "@/lib/model/change";
import { type Kind, readRows } from "@/lib/model/nouns";
import { objectKey } from "@/lib/model/object-key";
import type { Outcome, Part, Plan, Standstill, What } from "@/lib/model/plan";
import type { Known } from "@/lib/model/query";
import type { Step } from "@/lib/steps/shape";
import { look } from "./look";
import { type Given, nothingGiven } from "./read";
import { blindTo, held, isOver, type Standing, standingOf, stopped, waiting, whyNot } from "./standing";
import type { Made, Tenant } from "./world";

/** A run begins with a look. What it needs to know of the one before is in the ledger. */
export type Order = {
  readonly plan: Plan;
  readonly stepOf: (id: string) => Step;
  readonly tenant: Tenant;
  /** Keys of the changes that were left ticked; all when absent. */
  readonly chosen?: ReadonlySet<string>;
  readonly given?: Given;
};

/** The service's id of an object that a cut-short run made, found by its name among all that was read of its kind. */
function keyIn(known: Known, kind: Kind, name: string): string | undefined {
  for (const [asked, raw] of known.raw) {
    if (!raw.ok || (asked !== kind && !asked.startsWith(`${kind}/`))) continue;
    const rows = readRows(kind, raw.value);
    const row = rows.ok ? rows.value.find((r) => r.Name === name) : undefined;
    if (row) return row.Guid;
  }
  return undefined;
}

/** One part of one run: a small object that knows what was agreed and writes what happens. */
class Running {
  readonly #order: Order;
  readonly #part: Part;
  readonly #step: Step;
  readonly #hasBegun: boolean;
  /** What was last written of each change, by its key: a plan may have thousands. */
  readonly #last: Map<string, What>;

  constructor(order: Order, part: Part) {
    this.#order = order;
    this.#part = part;
    this.#step = order.stepOf(part.step);
    const own = order.tenant.ledger.entries().filter((e) => e.run === order.plan.id && e.step === part.step);
    this.#hasBegun = own.length > 0;
    this.#last = new Map(own.map((e) => [keyOf(e.change), e.what]));
  }

  get #now(): number {
    return this.#order.tenant.world.now();
  }

  get #changes(): readonly Change[] {
    const { chosen } = this.#order;
    return this.#part.changes.filter((c) => !chosen || chosen.has(keyOf(c)));
  }

  #before(c: Change): What | undefined {
    return this.#last.get(keyOf(c));
  }

  #isClosed(c: Change): boolean {
    const before = this.#before(c);
    return before === "done" || before === "found";
  }

  async carryOut(): Promise<Outcome> {
    if (this.#changes.every((c) => this.#isClosed(c))) return { state: "done" };
    const standing = await this.#look();
    if (this.#hasBegun) await this.#close(standing);
    if (this.#hasBegun && this.#changes.every((c) => this.#isClosed(c))) return { state: "done" };
    return whyNot(this.#part, standing, this.#hasBegun, this.#now) ?? this.#makeAll(standing);
  }

  async #look(): Promise<Standing> {
    const { tenant, given = nothingGiven } = this.#order;
    const { settings } = this.#part;
    return standingOf(this.#step, settings, tenant.profile, await look(this.#step, settings, tenant, given));
  }

  /** Receipts for what happened while nobody wrote: ours where we had begun it or asked for it, else somebody else's. */
  async #close(standing: Standing): Promise<void> {
    for (const change of this.#changes) {
      const before = this.#before(change);
      if (this.#isClosed(change) || !isOver(standing, change)) continue;
      const key = change.do === "new" ? objectKey(change) || keyIn(standing.seen.known, change.kind, change.name) : undefined;
      const isOurs = (before === "intent" || before === "asked") && (change.do !== "new" || key !== undefined);
      await this.#write(change, isOurs ? "done" : "found", key);
    }
  }

  /** What a person must do is asked all at once; what comes after it waits. */
  async #makeAll(standing: Standing): Promise<Outcome> {
    let isParked = false;
    let isFirst = true;
    for (const change of this.#changes) {
      if (this.#isClosed(change)) continue;
      const blind = standing.left.has(keyOf(change)) ? null : blindTo(standing, change);
      if (blind) return held(blind, standing, this.#now);
      if (change.hands === "person" || this.#order.plan.way !== "us") {
        if (this.#before(change) !== "asked") await this.#write(change, "asked");
        isParked = true;
        continue;
      }
      if (isParked) break;
      const turned = isFirst ? null : await this.#turned(change);
      if (turned === "over") continue;
      const outcome = turned ?? (await this.#make(change, standing));
      if (outcome) return outcome;
      isFirst = false;
    }
    return { state: isParked ? "needs-you" : "done" };
  }

  /** Before every further change guards are judged again, and a list that is put in place is read again: the tenant may have moved under a long run. */
  async #turned(change: Change): Promise<Outcome | "over" | null> {
    const isWhole = isPutInPlace(change);
    if (this.#step.guards.length === 0 && !isWhole) return null;
    const standing = await this.#look();
    if (standing.barred || !standing.isJudged) return whyNot(this.#part, standing, true, this.#now);
    if (!isWhole || standing.left.has(keyOf(change))) return null;
    const why = whyNot(this.#part, standing, true, this.#now);
    if (why) return why;
    const blind = blindTo(standing, change);
    if (blind) return held(blind, standing, this.#now);
    await this.#write(change, "found");
    return "over";
  }

  async #make(change: Change, standing: Standing): Promise<Outcome | null> {
    const wasMeant = this.#before(change) === "intent";
    if (!wasMeant) await this.#write(change, "intent");
    const made = await this.#order.tenant.world.make(change);
    if (made.ok) {
      await this.#write(change, "done", made.value.key, made.value);
      return null;
    }
    const { problem } = made;
    if (wasMeant && change.do === "remove" && problem.code === "gone") {
      await this.#write(change, "done");
      return null;
    }
    // Our own intent, cut short: it was made, and the id is read later by name. Never a second try at once, never "somebody else's".
    if (problem.code === "unsure" || (wasMeant && problem.code === "exists"))
      return waiting({ ...problem, code: "not-ready", say: "The change was sent. Whether it was made is not shown yet." }, this.#now);
    // A plain refusal: it was not made. An intent of before stays open, for that one may have been.
    if (!wasMeant) await this.#refused(change, problem);
    return problem.retryAt !== undefined || problem.code === "not-ready"
      ? waiting(problem, this.#now)
      : stopped(problem, standing.seen.changes);
  }

  #refused(change: Change, { evidence }: Problem): Promise<void> {
    return this.#write(change, "failed", undefined, { key: "", ...(evidence ? { evidence } : {}) });
  }

  async #write(change: Change, what: What, made?: string, more?: Made): Promise<void> {
    const { plan, tenant } = this.#order;
    await tenant.ledger.write({
      run: plan.id,
      step: this.#part.step,
      at: tenant.world.now(),
      by: tenant.actor,
      change,
      what,
      ...(made ? { made } : {}),
      ...(more?.evidence ? { evidence: more.evidence } : {}),
    });
    this.#last.set(keyOf(change), what);
  }
}

/**
 * Part after part: the next begins when the one before is done.
 * @returns done, needs-you (a person must act), waiting (begun again by itself) or stopped, with what a fresh look would change now.
 */
export async function run(order: Order): Promise<Standstill> {
  for (const part of order.plan.parts) {
    const outcome = await new Running(order, part).carryOut();
    if (outcome.state !== "done") return { ...outcome, step: part.step };
  }
  return { state: "done", step: order.plan.parts[0].step };
}
