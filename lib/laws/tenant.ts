/** A stand-in tenant in memory: it respells what it says, hides fresh writes, fails and dies on request. Shares no code with lib/model but types. */
import type { Failure, Result } from "@/lib/base/result";
import { type Obj, objects, type State, withObject } from "./state";
import { type Spelling, wired } from "./wire";
import { type Parameters, type Refusal, write } from "./writes";

/** The process is gone: nothing after this line happens. */
export class Killed extends Error {}

export type Question = { readonly kind: string; readonly of: string };
const nameOf = ({ kind, of }: Question) => (of ? `${kind}/${of}` : kind);
const fail = (code: Failure["problem"]["code"], say: string, more: Partial<Failure["problem"]> = {}): Failure => ({
  ok: false,
  problem: { code, say, ...more },
});
const DNS = new Set(["mx", "resolvers", "dnsHost"]);

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
    if (this.failing.has(name)) return fail("unreachable", `${name} did not answer.`);
    if (this.refuses(q)) return fail("consent-missing", `We may not ask for ${name}.`, { fix: "Give consent, or use the script." });
    const shown = DNS.has(q.kind) ? this.state : (this.#history.findLast((h) => h.at <= this.clock - this.lag)?.state ?? {});
    if (q.kind === "serviceRecord") return this.#serviceRecord(shown, q.of);
    const rows = objects(shown, q.kind).filter((o) => !DNS.has(q.kind) || o.Guid === q.of);
    if (DNS.has(q.kind) && rows.length === 0) return fail("gone", `There is no domain ${q.of}.`);
    return { ok: true, value: rows.map((o) => wired(q.kind, o, this.spelling, this.clock)) };
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

  /** Whoever runs DNS sets a property of a domain's records, on all its servers. */
  setDns(kind: string, domain: string, edit: (o: Obj) => Obj): void {
    this.writes += 1;
    this.change((state) => withObject(state, kind, domain, edit));
  }
}
