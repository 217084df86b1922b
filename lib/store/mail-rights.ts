/** People whom an admin lets read the tenant's mail, though no directory role does. */
import type { Db } from "./client";
import { given } from "./given";

export const mailRights = (db: Db) => given(db, (tx) => tx.mailRight);
