/** One cmdlet on its way through the store, what it leaves behind, and how objects are named in it. */
import type { ExchangeObject, Tenant } from "../tenant";
import type { World } from "../world";
import type { Bound } from "./bind";
import type { Cmdlet } from "./contract";

export type Call = {
  world: World;
  tenant: Tenant;
  cmdlet: Cmdlet;
  bound: Bound;
  /** Answer as if, and do nothing; show what was. */
  lies: boolean;
};

export type Done = {
  rows: ExchangeObject[];
  warnings: string[];
  confirmation?: string;
  /** All rows go out as they are: the cmdlet has limits of its own and no nextLink. */
  whole?: true;
  /** What the rows are, where they are no objects of the cmdlet's noun. */
  noun?: string;
};

/** Name, GUID or `organisation\name`, without regard to case. */
export function isNamed(object: ExchangeObject, identity: string): boolean {
  const wanted = identity.toLowerCase();
  const bare = wanted.slice(wanted.lastIndexOf("\\") + 1);
  return [object.Name.toLowerCase(), object.Guid.toLowerCase()].some((name) => name === wanted || name === bare);
}

export const containerOf = (initialDomain: string) =>
  `CN=Configuration,CN=${initialDomain},CN=ConfigurationUnits,DC=EURPR01A001,DC=PROD,DC=OUTLOOK,DC=COM`;
