/**
 * Prints the SQL between two schema files, to begin a migration with: `git show HEAD:prisma/schema.prisma > /tmp/before.prisma`, edit, then
 * `DATABASE_URL=… npx tsx prisma/author.ts /tmp/before.prisma`. What it prints is a draft: row-level security and triggers are added by hand.
 */
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { withSchemaEngine } from "./engine";

const [before] = process.argv.slice(2);
const url = process.env["DATABASE_URL"];
if (!before || !url)
  throw new Error("Give the path of the schema before; DATABASE_URL may be any PostgreSQL that answers, nothing in it is touched.");

const now = readFileSync(fileURLToPath(new URL("./schema.prisma", import.meta.url)), "utf8");
const datamodel = (content: string) => ({ tag: "schemaDatamodel" as const, files: [{ path: "schema.prisma", content }] });
const drawn = await withSchemaEngine(url, now, (engine) =>
  engine.diff({
    from: datamodel(readFileSync(before, "utf8")),
    to: datamodel(now),
    script: true,
    exitCode: null,
    filters: { externalTables: [], externalEnums: [] },
  }),
);
console.log(drawn.stdout);
