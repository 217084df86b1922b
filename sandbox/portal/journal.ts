/** Journal reports of a tenant: which host of the vendor took which, what waits, what proved undeliverable, what went to another gateway. */
import type { Handler } from "../http";
import type { JournalSender } from "../journal/sender";
import type { JournalReport } from "../journal/state";
import type { Tenant } from "../tenant";
import { findTenant } from "../world";
import { when } from "./mail-words";
import { type Markup, markup } from "./markup";
import { page } from "./page";

const mostShown = 100;

function table(label: string, heads: string[], rows: Markup[]): Markup {
  if (rows.length === 0) return markup`<p>Nothing.</p>`;
  const more = rows.length > mostShown ? markup`<p>The last ${mostShown} are shown.</p>` : "";
  return markup`${more}<div class="scroll" tabindex="0" role="region" aria-label="${label}"><table><thead><tr>${heads.map((head) => markup`<th scope="col">${head}</th>`)}</tr></thead><tbody>${rows.slice(-mostShown).reverse()}</tbody></table></div>`;
}

const row = (cells: string[]) => markup`<tr>${cells.map((cell) => markup`<td>${cell}</td>`)}</tr>`;

const reportRow = ({ at, address, sender, recipients, subject, disposition }: JournalReport) =>
  row([when(at), address, sender, recipients.join(", "), subject, disposition ?? "not scanned: it did not come in from outside"]);

function byHost({ mail }: Tenant): Markup {
  const hosts = [...new Set(mail.journal.map(({ host }) => host))].sort();
  if (hosts.length === 0) return markup`<p>No report has arrived.</p>`;
  const heads = ["Received", "Sent to", "From", "To", "Subject", "Disposition"];
  return markup`${hosts.map((host) => {
    const reports = mail.journal.filter((one) => one.host === host);
    return markup`<h3>${host} (${reports.length})</h3>${table(`Reports at ${host}`, heads, reports.map(reportRow))}`;
  })}`;
}

function journalPage(tenant: Tenant) {
  const { journalQueue, journalNdr, gateway } = tenant.mail;
  const queued = journalQueue.map(({ at, nextAt, address, messageId, problem }) =>
    row([when(at), address, messageId, problem ?? "not tried yet", when(nextAt)]),
  );
  const undelivered = journalNdr.map(({ at, to, subject }) => row([when(at), to, subject]));
  const took = gateway.took.map(({ at, address, host, messageId }) => row([when(at), address, host, messageId]));
  const body = markup`<p><a href="/portal/${tenant.id}">${tenant.name}</a> · <a href="/portal/${tenant.id}/mail">Mail</a></p>
<section aria-labelledby="arrived"><h2 id="arrived">At the email security vendor</h2>${byHost(tenant)}</section>
<section aria-labelledby="queued"><h2 id="queued">Waiting to be sent</h2>${table("Waiting reports", ["Made", "To", "About", "Last problem", "Next try"], queued)}</section>
<section aria-labelledby="ndr"><h2 id="ndr">Undeliverable journal reports</h2>${table("Undeliverable reports", ["When", "To", "Subject"], undelivered)}</section>
<section aria-labelledby="gateway"><h2 id="gateway">At another company’s gateway</h2><p>It ${gateway.relays ? "hands them on to the vendor." : "keeps them: they never reach the vendor."}</p>${table("Reports at the gateway", ["When", "To", "Host", "About"], took)}</section>`;
  return page(`Journal reports of ${tenant.name}`, body);
}

export function journalPortal(sender: JournalSender): Handler {
  return async (request, world) => {
    const [, root, name = "", section] = request.url.pathname.split("/");
    const tenant = root === "portal" && section === "journal" ? findTenant(world, name) : undefined;
    if (!tenant) return null;
    await sender.sendDue();
    return journalPage(tenant);
  };
}
