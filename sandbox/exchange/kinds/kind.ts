/** The shape of a kind's own rules: what the generic object store cannot know about connectors, rules and policies. */
import type { ExchangeObject, ExchangeState, Tenant } from "../../tenant";
import type { Bound } from "../bind";
import type { Failure } from "../failure";

export type Proposed = {
  tenant: Tenant;
  state: ExchangeState;
  verb: string;
  bound: Bound;
  /** The object as it is, null for New-. */
  before: ExchangeObject | null;
  /** The object as it would be, null for Remove-. */
  after: ExchangeObject | null;
};

export type Kind = {
  /** What a new object has where its call says nothing. */
  defaults: Record<string, unknown>;
  /** How the service keeps a list's entry (`*` -> `smtp:*;1`). */
  canonical?: (property: string, entry: string) => string;
  /** Where a parameter is kept, when not under its own name; an empty object = nowhere. */
  kept?: (parameter: string, value: unknown, tenant: Tenant) => Record<string, unknown> | undefined;
  refuses?: (proposed: Proposed) => Failure | null;
  /** Which objects a Get- shows. */
  shows?: (object: ExchangeObject, bound: Bound) => boolean;
  /** Order and neighbours after a write (priorities). Changes the list in place. */
  arrange?: (objects: ExchangeObject[], changed: ExchangeObject | null, bound: Bound) => void;
  /** Report rows: no directory object's envelope around them. */
  isRow?: true;
  /** The service's spelling of an object on the wire; merged over what is kept, undefined leaves a property out. */
  wire?: (object: ExchangeObject, bound: Bound) => Record<string, unknown>;
};

/** A list property as strings, whatever is kept there. */
export const listOf = (value: unknown): string[] => (Array.isArray(value) ? value.map(String) : []);
