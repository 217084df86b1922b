/** `npm run test:real`: our adapters against the servers the world runs, started here on loopback. Not part of `npm test`. */
import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

export default defineConfig({
  resolve: { alias: { "@": fileURLToPath(new URL(".", import.meta.url)) } },
  test: {
    include: ["real/**/*.test.ts"],
    setupFiles: ["./vitest.setup.ts"],
    // They wait for servers more than they work.
    maxWorkers: 2,
    testTimeout: 60_000,
    hookTimeout: 60_000,
    expect: { poll: { timeout: 20_000, interval: 50 } },
  },
});
