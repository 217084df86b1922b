/** A stand-in tenant in memory: it respells what it says, hides fresh writes, fails and dies on request. Shares no code with lib/model but types. */
import type { Failure, Result } from "@/lib/base/result";
import { isUnasked, outside, remembered } from "./outside";
import { type Obj, objects, type State, withMore, withObject } from "./state";
import { type Spelling, wired } from "./wire";
import { type Parameters, type Refusal, write } from "./writes";

/** The process is gone: nothing after this line happens. */
export class Killed extends Error {}

export type Put = {
  readonly how: "new" | "set" | "remove";
  readonly kind: string;
  readonly key: string;
  readonly name: string;
  readonly edit: (o: Obj) => Obj;
};
export type Question = { readonly kind: string; readonly of: string };
const nameOf = ({ kind, of }: Question) => (of ? `${kind}/${of}` : kind);
const fail = (code: Failure["problem"]["code"], say: string, more: Partial<Failure["problem"]> = {}): Failure => ({
  ok: false,
  problem: { code, say, ...more },
});
/** Asked of one name at a time; what we write ourselves takes a while to reach the name servers, the rest is never late. */
const DNS = new Set(["mx", "resolvers", "dnsHost", "spf", "mtaSts"]);
/** Asked of one object's address; one that is not there is no failure. */
const OF_ONE = new Set(["DistributionGroup"]);
/** Computed from what was written, and as late as that. */
const LAGGING = new Set(["EmailSecurityDomain", "OutboundConnectorValidation", "Recipient"]);
const HOUR_MS = 3_600_000;

export class FakeTenant {
  clock = Date.UTC(2026, 7, 20);
  /** How long a write stays invisible, in ms. */
  lag = 0;
  spelling: Spelling = 0;
  /** Steps left until the process dies. */
  fuse = Number.POSITIVE_INFINITY;
  writes = 0;
  waves = 0;
  readonly asked: string[] = [];
  readonly failing = new Set<string>();
  /** Which questions we have no access for. */
  refuses: (q: Question) => boolean = () => false;
  /** How often each object was made, by kind and name. */
  readonly created = new Map<string, number>();
  readonly #history: { readonly at: number; readonly state: State }[];

  constructor(start: State) {
    this.#history = [{ at: Number.NEGATIVE_INFINITY, state: start }];
  }

  get state(): State {
    return this.#history.at(-1)?.state ?? {};
  }

  /** Somebody else, or a person, changes something. */
  change(edit: (state: State) => State): void {
    this.#history.push({ at: this.clock, state: edit(this.state) });
  }

  spark(): void {
    this.fuse -= 1;
    if (this.fuse >= 0) return;
    this.fuse = Number.POSITIVE_INFINITY;
    throw new Killed();
  }

  ask(questions: readonly Question[]): ReadonlyMap<string, Result<unknown>> {
    this.waves += 1;
    this.clock += 10;
    return new Map(questions.map((q) => [nameOf(q), this.read(q)]));
  }

  read(q: Question): Result<unknown> {
    const name = nameOf(q);
    this.asked.push(name);
    if (this.failing.has(name) || this.failing.has(q.kind)) return fail("unreachable", `${name} did not answer.`);
    if (this.refuses(q)) return fail("consent-missing", `We may not ask for ${name}.`, { fix: "Give consent, or use the script." });
    const shown = DNS.has(q.kind) && q.kind !== "mx" ? this.state : this.#at(this.clock - this.lag);
    if (q.kind === "serviceRecord") return this.#serviceRecord(shown, q.of);
    if (isUnasked(this.state, q.kind)) return fail("not-asked", "There is no API token for the vendor.");
    const computed = outside(LAGGING.has(q.kind) ? shown : this.state, q.kind, q.of, this.spelling);
    if (computed) return { ok: true, value: computed };
    const isOfOne = DNS.has(q.kind) || OF_ONE.has(q.kind);
    const rows = objects(shown, q.kind).filter((o) => !isOfOne || o.Guid === q.of);
    if (DNS.has(q.kind) && rows.length === 0) return fail("gone", `There is no domain ${q.of}.`);
    const held = q.kind === "resolvers" ? rows.map((o) => remembered(o, this.#at(this.clock - HOUR_MS))) : rows;
    return { ok: true, value: held.map((o) => wired(q.kind, o, DNS.has(q.kind) ? 0 : this.spelling, this.clock)) };
  }

  #at(moment: number): State {
    return this.#history.findLast((h) => h.at <= moment)?.state ?? {};
  }

  #serviceRecord(shown: State, domain: string): Result<unknown> {
    const held = objects(shown, "domain").find((o) => o.Guid === domain);
    if (held?.["isVerified"] !== true) return fail("gone", `${domain} is not a verified domain of this tenant.`);
    const mailExchange = `${domain.replaceAll(".", "-")}.mail.protection.outlook.com`;
    return { ok: true, value: [{ id: `mx-${domain}`, recordType: "Mx", supportedService: "Email", mailExchange, label: domain }] };
  }

  /** One call of a cmdlet: it may die before it is made, or after it and before anybody knows. */
  invoke(cmdlet: string, parameters: Parameters): Result<{ readonly key: string }> {
    this.spark();
    const written = write(this.state, cmdlet, parameters, `made-${this.#history.length}`);
    this.clock += 10;
    if ("refusal" in written) return this.#refused(written.refusal);
    this.writes += 1;
    if (cmdlet.startsWith("New-")) this.#count(`${cmdlet}/${String(parameters["Name"])}`);
    this.change(() => written.state);
    this.spark();
    return { ok: true, value: { key: written.guid } };
  }

  #refused({ code, say }: Refusal): Failure {
    return fail(code, say, code === "not-ready" ? { step: "organization-customization", retryAt: this.clock + 60_000 } : {});
  }

  #count(name: string): void {
    this.created.set(name, (this.created.get(name) ?? 0) + 1);
  }

  /** A change of a domain's records, or of the vendor's, through an API: it may die before or after it, as a cmdlet may. */
  put(what: Put): Result<{ readonly key: string }> {
    this.spark();
    if (what.how === "new" && objects(this.state, what.kind).some((o) => o.Name === what.name))
      return fail("exists", `${what.name} exists already.`);
    const key = this.putByHand(what);
    this.clock += 10;
    this.spark();
    return { ok: true, value: { key } };
  }

  /** Whoever runs DNS, or sits at the vendor's dashboard, does the same. @returns the object's id. */
  putByHand({ how, kind, key, name, edit }: Put): string {
    const guid = how === "new" ? `made-${this.#history.length}` : key;
    this.writes += 1;
    if (how === "new") this.#count(`${kind}/${name}`);
    this.change((state) => {
      if (how === "remove") return { ...state, [kind]: objects(state, kind).filter((o) => o.Guid !== key) };
      return how === "new" ? withMore(state, kind, edit({ Guid: guid, Name: name })) : withObject(state, kind, key, edit);
    });
    return guid;
  }
}
