/** What a call asks of the tenant's objects, and what comes back. */
import type { Tenant } from "../tenant";
import type { World } from "../world";
import type { GraphError } from "./errors";
import type { Item } from "./query";

export interface Asked {
  world: World;
  tenant: Tenant;
  params: Record<string, string>;
  query: URLSearchParams;
  headers: Record<string, string>;
  /** As it was parsed; undefined without one. */
  body: unknown;
  /** Object id of the person the token is for; null for an application. */
  person: string | null;
  /** App roles of the application's token. */
  roles: string[];
  /** Success is said and nothing done. */
  lies: boolean;
}

/** A list for a collection, one object for a single one. */
export type Answer = Item[] | Item | GraphError;

export type Source = (asked: Asked) => Answer;
