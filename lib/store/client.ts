/** The connection: every piece of work is one short transaction that first says whose data it may touch. */
import { PrismaPg } from "@prisma/adapter-pg";
import { type Prisma, PrismaClient } from "./generated/client";
import { declare, isSameTenant, type Reach } from "./reach";

export type Tx = Prisma.TransactionClient;
export type Db = { readonly within: <T>(reach: Reach, work: (tx: Tx) => Promise<T>) => Promise<T> };
export type Connection = Db & { readonly ping: () => Promise<void>; readonly close: () => Promise<void> };

/** Waits for a free connection, and for the work, no longer than a person would. */
const limits = { maxWait: 5_000, timeout: 15_000 };

export function connect(databaseUrl: string, connections = 20): Connection {
  // The role owns nothing and cannot bypass row-level security, whoever the URL signs in as.
  const options = { connectionString: databaseUrl, options: "-c role=cutover_app", max: connections, application_name: "cutover" };
  const adapter = new PrismaPg(options);
  const prisma = new PrismaClient({ adapter });
  return {
    within: (reach, work) =>
      prisma.$transaction(async (tx) => {
        await tx.$queryRaw(declare(reach));
        return work(tx);
      }, limits),
    ping: async () => {
      await prisma.$queryRaw`SELECT 1`;
    },
    close: () => prisma.$disconnect(),
  };
}

/** The same Db inside a transaction that is already under way. A bug, not a choice, if it is asked for another tenant. */
export const inside = (tx: Tx, reach: Reach): Db => ({
  within: (asked, work) => {
    if (!isSameTenant(reach, asked)) throw new Error("A transaction is about one tenant.");
    return work(tx);
  },
});
