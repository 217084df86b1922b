/** Unit, law, contract and store tests: one runner, several folders. Browser stories run in Playwright. */
import { availableParallelism } from "node:os";
import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

export default defineConfig({
  resolve: { alias: { "@": fileURLToPath(new URL(".", import.meta.url)) } },
  test: {
    include: ["lib/**/*.test.{ts,tsx}", "sandbox/**/*.test.ts", "components/**/*.test.{ts,tsx}", "scripts/**/*.test.ts", "*.test.ts"],
    globalSetup: ["./scripts/postgres/for-tests.ts"],
    setupFiles: ["./vitest.setup.ts"],
    // Much of the time is spent waiting for PostgreSQL and the sandbox: two at once even where there are two cores.
    maxWorkers: Math.max(2, availableParallelism() - 1),
    // Generous, because a limit is there for what hangs: on two busy cores a real database takes its time.
    testTimeout: 60_000,
    hookTimeout: 60_000,
    expect: { poll: { timeout: 15_000 } },
  },
});
