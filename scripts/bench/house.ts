/** The running product, and the same house built once more in this process over its database: to prepare tenants, and to measure below the pages. */
import { setTimeout as pause } from "node:timers/promises";
import { loadEnv } from "@/lib/base/env";
import { quietLog } from "@/lib/base/log";
import type { TenantScope } from "@/lib/model/scope";
import { open } from "@/lib/usecases/access";
import { cutover } from "@/lib/usecases/cutover";
import type { Deps } from "@/lib/usecases/deps";
import type { Visitor } from "@/lib/usecases/views";
import { buildDeps } from "@/lib/wiring";
import { readSecrets } from "../postgres/secrets";
import { startPostgres } from "../postgres/server";
import { portSettings, practiceSettings } from "../start/sandbox";
import { type Browser, browserOf } from "./browser";
import { adminOf, type Control, controlOf, ownDomains, type Tenant } from "./control";
import { type Product, startProduct, type Worker } from "./product";

export const ports = { web: 3200, sandbox: 4600, dns: 4653, smtp: 4615, https: 4616 } as const;
/** The product looks at a moved clock once a second. */
const CLOCK_LAG_MS = 1_200;
/** For the bare page that pages are compared with. */
export const barePort = 3201;

export type Customer = {
  readonly tenant: Tenant;
  readonly domains: readonly string[];
  readonly visitor: Visitor;
  readonly scope: TenantScope;
  /** Signed in as the admin. */
  readonly browser: Browser;
};

export type House = {
  readonly product: Product;
  readonly control: Control;
  readonly databaseUrl: string;
  readonly settings: ReturnType<typeof loadEnv>;
  readonly deps: Deps;
  readonly uc: ReturnType<typeof cutover>;
  /** Arrived, with consent given over HTTP and every domain chosen. */
  readonly customer: (scenario: string, domains?: number) => Promise<Customer>;
  readonly stop: () => Promise<void>;
};

async function settingsFor(product: Product) {
  const { url: databaseUrl } = await startPostgres(product.dataFolder); // it runs already: this only finds it
  return loadEnv({
    ...practiceSettings({ ...portSettings(product.ports), DATA_DIR: product.dataFolder }),
    PUBLIC_URL: product.url,
    DATABASE_URL: databaseUrl,
    SECRET_KEY: readSecrets(product.dataFolder).secretKey,
  });
}

export async function startHouse(worker: Worker = "inline"): Promise<House> {
  const product = await startProduct("bench", ports, worker);
  const settings = await settingsFor(product);
  const databaseUrl = settings.databaseUrl ?? "";
  const deps = buildDeps(settings, databaseUrl, quietLog);
  const uc = cutover(deps);
  const control = controlOf(product.sandboxUrl);
  await deps.clock.refresh();

  const customer = async (scenario: string, many?: number): Promise<Customer> => {
    const tenant = await control.tenant(scenario, many);
    const admin = adminOf(tenant);
    const browser = browserOf(product.url);
    await browser.signIn(admin);
    await browser.giveConsent(tenant.id, admin);
    await control.advance(60_000); // a role takes its time to be in effect
    await Promise.all([deps.clock.refresh(), pause(CLOCK_LAG_MS)]);
    const visitor: Visitor = {
      tenant: tenant.id,
      oid: admin.id,
      name: "Admin",
      upn: admin.upn,
      isStaff: false,
      hasRole: true,
      hasMailRole: true,
    };
    const scope = await open(deps)(visitor, tenant.id);
    if (!scope.ok) throw new Error(scope.problem.say);
    const domains = ownDomains(tenant);
    const saved = await uc.saveSettings(scope.value, "choose-domains", { domains, profile: "cloudflare" });
    if (!saved.ok) throw new Error(saved.problem.say);
    return { tenant, domains, visitor, scope: scope.value, browser };
  };

  const stop = async () => {
    await deps.store.close();
    await product.stop();
  };
  return { product, control, databaseUrl, settings, deps, uc, customer, stop };
}
