/** The end of every write: WhatIf only tells, a lying service only says that it did. */
import type { ExchangeObject } from "../tenant";
import type { Call, Done } from "./call";
import { done, type Outcome } from "./failure";

export function commit(call: Call, confirmation: string, rows: ExchangeObject[], edit: () => void): Outcome<Done> {
  if (call.bound.get("WhatIf") === true) return done({ rows: [], warnings: [], confirmation });
  if (!call.lies) edit();
  return done({ rows, warnings: [] });
}

/** What a Set- says that changed nothing. */
export const nothingChanged = (name: string): Outcome<Done> =>
  done({ rows: [], warnings: [`The command completed successfully but no settings of '${name}' have been modified.`] });
