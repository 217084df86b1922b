/** Browser stories against the built product over its own database and sandbox, in parallel: each story has a tenant of its own. */
import { existsSync, readFileSync } from "node:fs";
import { defineConfig } from "@playwright/test";
import { ports } from "./e2e/ports";
import { portSettings } from "./scripts/start/sandbox";

/** Stories that let days pass: one after the other, in a house of their own. */
const days = /(mx-switch|gates)\.spec\.ts$/;
const found = existsSync("data/browser") ? readFileSync("data/browser", "utf8").trim() : "";
const executablePath = process.env["CHROMIUM_PATH"] || found;

export default defineConfig({
  testDir: "e2e",
  outputDir: "test-results",
  fullyParallel: true,
  workers: 2,
  retries: 0,
  forbidOnly: true,
  timeout: 90_000,
  expect: { timeout: 15_000 },
  reporter: process.env["PLAYWRIGHT_JSON_OUTPUT_NAME"] ? [["list"], ["json"]] : [["list"]],
  use: {
    baseURL: `http://localhost:${ports.web}`,
    actionTimeout: 15_000,
    navigationTimeout: 20_000,
    trace: "retain-on-failure",
    launchOptions: {
      ...(executablePath ? { executablePath } : {}),
      args: [
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
      ],
    },
  },
  projects: [
    { name: "stories", testIgnore: days },
    { name: "days", testMatch: days, workers: 1 },
  ],
  webServer: {
    command: "node --import tsx e2e/start.ts",
    url: `http://localhost:${ports.web}/api/health`,
    env: {
      PORT: String(ports.web),
      ...portSettings(ports),
      DATA_DIR: "data/e2e",
      LOG_LEVEL: "warn",
    },
    reuseExistingServer: false,
    timeout: 120_000,
    gracefulShutdown: { signal: "SIGTERM", timeout: 20_000 },
  },
});
