/** One worker at a time: a lock that lives as long as its connection, so that a killed process gives it back at once. */
import pg from "pg";

/** @returns null without doing the work when somebody else holds the lock of this tenant. */
export type Exclusively = <T>(tenant: string, work: () => Promise<T>) => Promise<T | null>;

export const exclusively =
  (databaseUrl: string): Exclusively =>
  async (tenant, work) => {
    const client = new pg.Client({ connectionString: databaseUrl, application_name: "cutover-run", keepAlive: true });
    client.on("error", () => undefined); // a lost connection shows in the next query; unheard, it would end the process
    await client.connect();
    try {
      const { rows } = await client.query<{ got: boolean }>("SELECT pg_try_advisory_lock(hashtextextended($1, 2)) AS got", [tenant]);
      return rows[0]?.got ? await work() : null;
    } finally {
      await client.end();
    }
  };
