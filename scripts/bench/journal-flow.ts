/** Five thousand journal reports arrive at the vendor while the page that shows them is opened again and again. */
import { Agent } from "node:http";
import { setTimeout as pause } from "node:timers/promises";
import { startBare } from "./bare";
import { barePort, type Customer, type House } from "./house";
import { timed } from "./numbers";
import { hrefOf } from "./pages";
import { at, bounded, type Row, told } from "./report";
import { after, fetched, LAST_OF_WHAT_IS_STORED, p95, TIMES_BARE, type Took, timesBare } from "./server-times";

const REPORTS = 5_000;
/** Many mailboxes' worth, and still mail that comes in rather than one blow: the sandbox makes and takes reports on the same machine. */
const AT_ONCE = 100;
const REST_MS = 500;
const WARM_UP = 30;
/** Turns before they arrive: as many as three rounds of the other pages have. */
const REQUESTS = 300;
const WORKS_MS = 120_000;
/** A product whose clock was moved has noticed by then. */
const NOTICED_MS = 1_500;
const STEP = "journal-flow";
/** To compare with: says less, and changes something. */
const ANOTHER = "journal-rule";
/** Cloudflare takes 1,200 calls in five minutes of one account; every opened page makes some. */
const QUOTA = { everyPages: 200, ms: 5 * 60_000 + 1_000 } as const;

/** A rule that is in effect, and a token to count with, as the steps before would leave them. */
async function prepare(house: House): Promise<Customer> {
  const customer = await house.customer("fresh");
  const { tenant, scope, domains } = customer;
  const { control, uc } = house;
  const { accountId, tokens, serviceAddresses } = await control.account(tenant);
  const address = serviceAddresses["cloudflare"]?.["us"] ?? "";
  const save = async (step: string, form: Readonly<Record<string, string | readonly string[]>>) => {
    const saved = await uc.saveSettings(scope, step, form);
    if (!saved.ok) throw new Error(saved.problem.say);
  };
  await save("choose-domains", { tracks: ["journaling"] });
  await save("journal-connector", { regions: ["us"], "addresses.us": address });
  const entered = await uc.cloudflare.enter(scope, { token: tokens[0]?.value ?? "", account: accountId });
  if (!entered.ok) throw new Error(entered.problem.say);
  await control.edit(tenant.id, "cloudflare.domains", domains.map(secured));
  await control.edit(tenant.id, "exchange.TransportConfig.0.JournalingReportNdrTo", "reports@mail-archive.example");
  const rule = {
    Guid: crypto.randomUUID(),
    Name: "Journal",
    JournalEmailAddress: address,
    Recipient: null,
    Scope: "External",
    Enabled: true,
  };
  await control.edit(tenant.id, "exchange.JournalRule", [rule]);
  await control.advance(WORKS_MS);
  await pause(NOTICED_MS);
  return customer;
}

const secured = (domain: string) => ({
  id: crypto.randomUUID(),
  domain,
  allowed_delivery_modes: ["JOURNAL"],
  drop_dispositions: [],
  ip_restrictions: [],
  lookback_hops: 1,
  transport: null,
  require_tls_inbound: null,
  require_tls_outbound: null,
  regions: ["GLOBAL"],
  folder: null,
  integration_id: null,
  status: "ACTIVE",
  createdAt: 0,
  modifiedAt: 0,
  challenge: null,
});

type Asked = { readonly bare: Took[]; readonly another: Took[]; readonly flow: Took[] };

/** The three in turns, so that whatever else the machine does meanwhile hits all alike. */
async function inTurns(isOver: (turns: number) => boolean, ask: { readonly [K in keyof Asked]: () => Promise<Took> }): Promise<Asked> {
  const all: Asked = { bare: [], another: [], flow: [] };
  for (let turns = 0; !isOver(turns); turns++) {
    all.bare.push(await ask.bare());
    all.another.push(await ask.another());
    all.flow.push(await ask.flow());
  }
  return all;
}

function row(measure: string, { bare, another, flow }: Asked, more = ""): Row {
  const times = timesBare({ bare, step: flow });
  const beside = timesBare({ bare, step: another });
  const pages = `${at(p95(flow, "drawnMs"), 1)} ms, bare ${at(p95(bare, "wholeMs"), 1)} ms: ${at(times, 1)} times`;
  const result = `${pages}; another step's page in the same turns ${at(beside, 1)} times (${flow.length} turns${more})`;
  return bounded(measure, times, TIMES_BARE, { result, bound: `${TIMES_BARE} x bare` });
}

/** As mail comes: some, and then some more. */
async function arrive({ control }: House, { tenant }: Customer): Promise<void> {
  for (let sent = 0; sent < REPORTS; sent += AT_ONCE) {
    await control.burst(tenant, AT_ONCE);
    await pause(REST_MS);
  }
}

/** Opens a page of the customer; every now and then the clock moves on, so that Cloudflare's quota is not what is measured. */
function opening({ product, control }: House, customer: Customer, agent: Agent) {
  let opened = 0;
  return (step: string) => async () => {
    if (opened++ % QUOTA.everyPages === 0) await control.advance(QUOTA.ms);
    return fetched(`${product.url}${hrefOf(customer, step)}`, LAST_OF_WHAT_IS_STORED, agent, customer.browser.cookie());
  };
}

async function measured(house: House, bareUrl: string): Promise<readonly Row[]> {
  const customer = await prepare(house);
  const agent = new Agent({ keepAlive: true });
  const page = opening(house, customer, agent);
  const ask = { bare: () => fetched(bareUrl, "</h1>", agent, ""), another: page(ANOTHER), flow: page(STEP) };
  await inTurns(after(WARM_UP), ask);
  const before = await inTurns(after(REQUESTS), ask);
  let isArriving = true;
  const arriving = timed(() => arrive(house, customer)).finally(() => {
    isArriving = false;
  });
  const during = await inTurns(() => !isArriving, ask);
  const { ms } = await arriving;
  agent.destroy();
  const { counted, queued } = await house.control.journal(customer.tenant);
  if (counted !== REPORTS || queued > 0) throw new Error(`${counted} reports were counted, and ${queued} wait.`);
  await house.control.advance(QUOTA.ms);
  await house.deps.clock.refresh();
  const look = await house.uc.stepFresh(customer.scope, STEP);
  const flow = look.ok ? look.value.checks.find(({ id }) => id === "flow") : undefined;
  if (flow?.verdict !== "pass") throw new Error(`The page does not see them: ${flow?.saw ?? "no finding"}`);
  return [
    row("Page of journal reports until all that is stored is drawn, p95, nothing arrives", before),
    row(`The same while ${at(REPORTS)} reports arrive`, during, `; the reports took ${at(ms / 1_000)} s`),
    told(
      "The same page with its fresh look, p95",
      `${at(p95(before.flow, "wholeMs"), 1)} ms before, ${at(p95(during.flow, "wholeMs"), 1)} ms while they arrive`,
    ),
  ];
}

export async function journalFlow(house: House): Promise<readonly Row[]> {
  const bare = await startBare(barePort, house.databaseUrl);
  try {
    return await measured(house, bare.url);
  } finally {
    await bare.stop();
  }
}
