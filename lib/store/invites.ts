/** People without a directory role whom an admin lets act for the tenant. */
import type { Db } from "./client";
import { given } from "./given";

export const invites = (db: Db) => {
  const { has: isInvited, ...rest } = given(db, (tx) => tx.invite);
  return { ...rest, isInvited };
};
