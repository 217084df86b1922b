/** Sends the reports that are due: over SMTP, one connection for all of one way, again later where it did not work. */
import { microsoftSender } from "../mail/going-out";
import { domainOf } from "../mail/headers";
import { type Line, openLine } from "../smtp/dialogue";
import type { Hop, Lookup } from "../smtp/route";
import type { Tenant } from "../tenant";
import { type World, workingExchange } from "../world";
import { dueReports, notSent, sent, whenQueued } from "./queue";
import type { QueuedReport } from "./state";
import { type Way, wayTo } from "./way";

export type JournalSender = {
  /** Until nothing is due any more. */
  sendDue(): Promise<void>;
  close(): Promise<void>;
};

export type SenderParts = { lookup: Lookup; smtpPort: number; ca: string };

/** The sandbox's clock can be moved at any time; somebody looks whether that made something due. */
const lookEveryMs = 500;
/** On one connection; then the rest of the sandbox has its turn. */
const mostAtOnce = 100;
const helo = "mail-sandbox.outbound.protection.outlook.com";

export function startJournal(world: World, parts: SenderParts): JournalSender {
  let running: Promise<void> | null = null;
  let isClosed = false;
  const all = async () => {
    for (let next = nextDue(world); next && !isClosed; next = nextDue(world)) await sendGroup(world, parts, next);
  };
  const sendDue = async () => {
    // what is queued while the last look of a run is over would otherwise wait for the next tick
    while (running) await running;
    running = all().finally(() => {
      running = null;
    });
    await running;
  };
  const wake = () => {
    if (!running && !isClosed) setImmediate(() => void sendDue());
  };
  whenQueued(world, wake);
  const timer = setInterval(() => nextDue(world) && wake(), lookEveryMs);
  return {
    sendDue,
    close: async () => {
      isClosed = true;
      clearInterval(timer);
      await running;
    },
  };
}

type Group = { tenant: Tenant; domain: string; reports: QueuedReport[] };

/** Reports of one tenant for one domain. */
function nextDue(world: World): Group | null {
  const now = world.clock.now();
  for (const tenant of world.tenants.values()) {
    const due = dueReports(tenant, now);
    const domain = domainOf(due[0]?.address ?? "");
    const reports = due.filter(({ address }) => domainOf(address) === domain).slice(0, mostAtOnce);
    if (reports.length > 0) return { tenant, domain, reports };
  }
  return null;
}

async function sendGroup(world: World, parts: SenderParts, { tenant, domain, reports }: Group): Promise<void> {
  const way = await wayTo(workingExchange(world, tenant), domain, parts.lookup, parts.ca);
  const lines = new Map<Hop, Line>();
  for (const report of reports) {
    const problem = await sendOne(parts.smtpPort, way, lines, report);
    if (problem === null) sent(tenant, report);
    else notSent(world, tenant, report, problem);
  }
  for (const line of lines.values()) line.close();
  world.save();
}

/** Null when a host took it; the others are tried where one cannot be reached or says "later". */
async function sendOne(smtpPort: number, way: Way, lines: Map<Hop, Line>, report: QueuedReport): Promise<string | null> {
  let problem = way.problem ?? "No host.";
  for (const hop of way.hops) {
    const line = lines.get(hop) ?? (await openLine({ ...hop, port: smtpPort, helo, clientIp: microsoftSender, ...way.tls(hop) }));
    lines.set(hop, line);
    const { code, text } = await line.send({ from: "", to: [report.address], raw: Buffer.from(report.raw, "latin1") });
    if (code !== null && code < 400) return null;
    problem = `${hop.host}: ${code === null ? "" : `${code} `}${text}`;
    if (code !== null && code >= 500) return problem;
  }
  return problem;
}
