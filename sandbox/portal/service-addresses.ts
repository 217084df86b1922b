/** The Cloudflare dashboard's Support > Service Addresses, and how much was processed for each domain. */
import { markup } from "./markup";
import type { Section } from "./section";

const products: Record<string, string> = { area1: "Area 1", cloudflare: "Cloudflare Email Security" };
const regions: Record<string, string> = { us: "United States", eu: "European Union", account: "By account" };

export const serviceAddresses: Section = {
  id: "service-addresses",
  title: "Cloudflare: Support > Service Addresses",
  show: ({ id, mail, cloudflare }) => {
    const rows = Object.entries(cloudflare.serviceAddresses).flatMap(([product, addresses]) =>
      Object.entries(addresses).map(
        ([region, address]) =>
          markup`<tr><th scope="row">${products[product] ?? product}</th><td>${regions[region] ?? region}</td><td><code>${address}</code></td></tr>`,
      ),
    );
    const domains = [...new Set([...Object.keys(mail.processed), ...Object.keys(cloudflare.processedJournal)])].sort();
    const counts = domains.map(
      (domain) => markup`<li>${domain}: ${mail.processed[domain] ?? 0} by MX, ${cloudflare.processedJournal[domain] ?? 0} journaled</li>`,
    );
    return markup`<div class="scroll" tabindex="0" role="region" aria-label="Service addresses"><table><thead><tr><th scope="col">Product</th><th scope="col">Region</th><th scope="col">Send journal reports to</th></tr></thead><tbody>${rows}</tbody></table></div>
<h3>Messages processed</h3>${counts.length === 0 ? markup`<p>None yet.</p>` : markup`<ul>${counts}</ul>`}
<p><a href="/portal/${id}/journal">Journal reports, host by host</a></p>`;
  },
};
