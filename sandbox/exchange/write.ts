/** New-, Set-, Enable-, Disable- and Remove- of one object, by the generic rules and by those of its kind. */
import { randomUUID } from "node:crypto";
import { isDeepStrictEqual } from "node:util";
import type { ExchangeObject, ExchangeState } from "../tenant";
import { editExchange } from "../world";
import { type Call, containerOf, type Done, isNamed } from "./call";
import { commit as end, nothingChanged } from "./commit";
import { draft } from "./draft";
import { alreadyExists, type Failure, failed, invalid, notFound, type Outcome } from "./failure";
import { kinds } from "./kinds/index";
import { type Kind, listOf } from "./kinds/kind";

/** One object a tenant, named by nothing. */
const singletons = new Set(["TransportConfig", "OrganizationConfig"]);

export function write(call: Call): Outcome<Done> {
  const { tenant, cmdlet, bound } = call;
  const kind = kinds.get(cmdlet.noun);
  if (!kind) return failed(notFound(cmdlet.noun));
  if (cmdlet.verb === "New") return make(call, kind);
  const all = tenant.exchange[cmdlet.noun] ?? [];
  const identity = String(bound.get("Identity") ?? "");
  const before = singletons.has(cmdlet.noun) ? all[0] : all.find((object) => isNamed(object, identity));
  if (!before) return failed(notFound(identity));
  return cmdlet.verb === "Remove" ? remove(call, kind, before) : change(call, kind, before);
}

function make(call: Call, kind: Kind): Outcome<Done> {
  const { world, cmdlet, bound } = call;
  const name = String(bound.get("Name"));
  const now = new Date(world.clock.now()).toISOString();
  const blank = { ...structuredClone(kind.defaults), Guid: randomUUID(), Name: name, WhenCreatedUTC: now, WhenChangedUTC: now };
  const made = draft(kind, blank, bound, call.tenant);
  const refused = judge(call, kind, null, made);
  if (refused) return failed(refused);
  return commit(call, `Creating "${name}".`, [made], (state) => {
    const objects = state[cmdlet.noun] ?? [];
    state[cmdlet.noun] = objects;
    objects.push(made);
    kind.arrange?.(objects, made, bound);
  });
}

function change(call: Call, kind: Kind, before: ExchangeObject): Outcome<Done> {
  const { cmdlet, bound, world } = call;
  const switched = cmdlet.verb === "Set" ? bound : new Map([...bound, ["Enabled", cmdlet.verb === "Enable"] as const]);
  const after = draft(kind, before, switched, call.tenant);
  const refused = judge(call, kind, before, after);
  if (refused) return failed(refused);
  const place = bound.get("Priority");
  if (isDeepStrictEqual(before, after) && (place === undefined || place === before["Priority"])) {
    return nothingChanged(before.Name);
  }
  after["WhenChangedUTC"] = new Date(world.clock.now()).toISOString();
  return commit(call, `Changing "${before.Name}".`, [], (state) => {
    const objects = state[cmdlet.noun] ?? [];
    objects[objects.indexOf(before)] = after;
    kind.arrange?.(objects, after, bound);
  });
}

function remove(call: Call, kind: Kind, before: ExchangeObject): Outcome<Done> {
  const refused = judge(call, kind, before, null);
  if (refused) return failed(refused);
  return commit(call, `Removing "${before.Name}".`, [], (state) => {
    const objects = (state[call.cmdlet.noun] ?? []).filter((object) => object !== before);
    state[call.cmdlet.noun] = objects;
    kind.arrange?.(objects, null, call.bound);
  });
}

const commit = (call: Call, confirmation: string, rows: ExchangeObject[], edit: (state: ExchangeState) => void) =>
  end(call, confirmation, rows, () => editExchange(call.world, call.tenant, edit));

function judge({ tenant, cmdlet, bound }: Call, kind: Kind, before: ExchangeObject | null, after: ExchangeObject | null): Failure | null {
  const others = (tenant.exchange[cmdlet.noun] ?? []).filter((object) => object !== before);
  const name = after?.Name.toLowerCase();
  if (others.some((object) => object.Name.toLowerCase() === name))
    return alreadyExists(`CN=${after?.Name},${containerOf(tenant.initialDomain)}`);
  for (const property of bound.keys()) {
    const most = cmdlet.parameters.get(property.toLowerCase())?.maxItems ?? Number.POSITIVE_INFINITY;
    const length = listOf(after?.[property]).length;
    if (length > most) return invalid(`${property} can hold at most ${most} entries; the list would have ${length}.`);
  }
  return kind.refuses?.({ tenant, state: tenant.exchange, verb: cmdlet.verb, bound, before, after }) ?? null;
}
