/** Prisma's schema engine as WebAssembly: the engine that `prisma migrate` would download, from the npm registry instead. */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { PrismaPg } from "@prisma/adapter-pg";
import { bindMigrationAwareSqlAdapterFactory } from "@prisma/driver-adapter-utils";
import * as bindings from "@prisma/schema-engine-wasm/schema_engine_bg";
import pg from "pg";

const binary = join(dirname(createRequire(import.meta.url).resolve("@prisma/schema-engine-wasm")), "schema_engine_bg.wasm");

/**
 * The adapter cuts a script at every semicolon, those inside comments and function bodies too, and runs the pieces one by one. Sent whole,
 * PostgreSQL reads it as it stands and takes all of it or nothing.
 */
class WholeScripts extends PrismaPg {
  /** What PostgreSQL said no to: the engine reports no more than "external error". */
  refusal: unknown;

  override async connect(): ReturnType<PrismaPg["connect"]> {
    const adapter = await super.connect();
    adapter.executeScript = async (script) => {
      await adapter
        .underlyingDriver()
        .query(script)
        .catch((error: unknown) => {
          this.refusal = error;
          throw error;
        });
    };
    return adapter;
  }
}

let ready: Promise<void> | undefined;

async function instantiate(): Promise<void> {
  const { instance } = await WebAssembly.instantiate(readFileSync(binary), { "./schema_engine_bg.js": { ...bindings } });
  bindings.__wbg_set_wasm(instance.exports);
  const start = instance.exports["__wbindgen_start"];
  if (typeof start !== "function")
    throw new Error("The schema engine has no __wbindgen_start: is @prisma/schema-engine-wasm the pinned version?");
  start();
}

/** Lends an engine for one piece of work. Its connections end with it: they hold the lock that the next migration would wait for. */
export async function withSchemaEngine<T>(
  databaseUrl: string,
  schema: string,
  work: (engine: bindings.SchemaEngine) => Promise<T>,
): Promise<T> {
  ready ??= instantiate();
  await ready;
  const pool = new pg.Pool({ connectionString: databaseUrl });
  const adapter = new WholeScripts(pool);
  try {
    const bound = bindMigrationAwareSqlAdapterFactory(adapter);
    return await work(await bindings.SchemaEngine.new({ datamodels: [["schema.prisma", schema]] }, () => undefined, bound));
  } catch (error) {
    throw adapter.refusal ?? error;
  } finally {
    await pool.end();
  }
}
