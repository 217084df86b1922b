/** Where Prisma finds our schema. Migrations are applied by prisma/migrate.ts, which needs no downloaded engine. */
import { defineConfig } from "prisma/config";

export default defineConfig({ schema: "prisma/schema.prisma", migrations: { path: "prisma/migrations" } });
