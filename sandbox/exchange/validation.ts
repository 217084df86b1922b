/** Validate-OutboundConnector: is every smart host reached, and would a test message arrive? Takes minutes at Microsoft, none here. */
import { microsoftSender } from "../mail/going-out";
import { domainOf } from "../mail/headers";
import { rulesOf } from "../smtp/rules";
import type { ExchangeObject } from "../tenant";
import type { World } from "../world";
import { type Call, type Done, isNamed } from "./call";
import { done, failed, invalid, notFound, type Outcome } from "./failure";
import { listOf } from "./kinds/kind";
import { covers, mxHosts, problemOf, type Reached, reach } from "./mail-hosts";

/** As the service's `$metadata` has it (OutboundConnectorValidationResult); what a call answers with was never captured. */
type Result = { TaskName: string; IsTaskSuccessful: boolean; TaskDetail: string; SubTaskResults: Result[] };

export function validateOutboundConnector({ world, tenant, bound }: Call): Outcome<Done> {
  const identity = String(bound.get("Identity"));
  const connector = (tenant.exchange["OutboundConnector"] ?? []).find((one) => isNamed(one, identity));
  if (!connector) return failed(notFound(identity));
  const recipients = listOf(bound.get("Recipients"));
  const odd = recipients.find((one) => !/^[^\s@]+@[^\s@]+$/.test(one));
  if (recipients.length === 0 || odd !== undefined) return failed(invalid(`Recipients must be SMTP addresses; "${odd ?? ""}" isn't one.`));
  const hosts = hostsOf(world, connector, recipients).map((host) => reach(world, host, demandOf(connector)));
  const sender = `O365ConnectorValidation@${tenant.initialDomain}`;
  const results = [
    whole("Check connectivity", hosts.map(hostResult)),
    whole(
      "Send test email",
      recipients.map((recipient) => single(recipient, mailProblem({ world, connector, hosts, sender }, recipient))),
    ),
  ];
  return done({ rows: results.map((result) => ({ Guid: "", Name: "", ...result })), warnings: [], noun: "OutboundConnectorValidation" });
}

const demandOf = (connector: ExchangeObject) => ({ settings: textOf(connector["TlsSettings"]), domain: textOf(connector["TlsDomain"]) });
const textOf = (value: unknown) => (typeof value === "string" ? value : null);

function hostsOf(world: World, connector: ExchangeObject, recipients: string[]): string[] {
  if (connector["UseMXRecord"] !== true) return listOf(connector["SmartHosts"]);
  return [...new Set(recipients.map(domainOf))].flatMap((domain) => mxHosts(world, domain));
}

/** Good when all of it is; else it repeats what was not. */
function whole(name: string, parts: Result[]): Result {
  const bad = parts.filter((part) => !part.IsTaskSuccessful);
  const detail = bad.length === 0 ? "Succeeded" : bad.map((part) => `${part.TaskName}: ${part.TaskDetail}`).join("\n");
  return { TaskName: name, IsTaskSuccessful: bad.length === 0, TaskDetail: detail, SubTaskResults: parts };
}

const single = (name: string, problem: string | null): Result => ({
  TaskName: name,
  IsTaskSuccessful: problem === null,
  TaskDetail: problem ?? "Succeeded",
  SubTaskResults: [],
});

function hostResult(reached: Reached): Result {
  const steps = reached.steps.map(({ task, problem }) => single(task, problem));
  return { ...single(reached.host, problemOf(reached)), SubTaskResults: steps };
}

type Sending = { world: World; connector: ExchangeObject; hosts: Reached[]; sender: string };

/** A connector takes the mail of its own domains only, and none while it is off. */
function mailProblem({ world, connector, hosts, sender }: Sending, recipient: string): string | null {
  if (connector["Enabled"] !== true) return `The connector '${connector.Name}' is turned off.`;
  const domain = domainOf(recipient);
  if (!listOf(connector["RecipientDomains"]).some((pattern) => covers(pattern.toLowerCase(), domain)))
    return `The domain '${domain}' of the recipient isn't one of the connector's recipient domains.`;
  const open = hosts.find((one) => problemOf(one) === null);
  if (!open?.server) return hosts.map(problemOf).find((problem) => problem !== null) ?? "450 4.4.312 DNS query failed";
  const session = {
    serverHost: open.host,
    clientIp: microsoftSender,
    isTls: open.isTls,
    helo: "mail-out.prod.outlook.com",
    mailFrom: sender,
  };
  const refusal = rulesOf[open.server.role].rcpt(world, session, recipient);
  return refusal ? `${refusal.code} ${refusal.text}` : null;
}
