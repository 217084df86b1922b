/** What the sandbox received for this tenant, newest first. */
import { markup } from "./markup";
import type { Section } from "./section";

const shown = 100;

export const calls: Section = {
  id: "calls",
  title: "Calls received",
  show: (tenant, world) => {
    const all = world.log.read({ tenant: tenant.id });
    const rows = all
      .slice(-shown)
      .reverse()
      .map(
        (call) =>
          markup`<tr><td>${new Date(call.at).toISOString()}</td><td>${call.service}</td><td>${call.method} <code>${call.path}</code>${call.cmdlet ? markup`<br><code>${call.cmdlet} ${JSON.stringify(call.parameters ?? {})}</code>` : ""}${call.note ? markup`<br>${call.note}` : ""}</td><td>${call.status}</td></tr>`,
      );
    return markup`<p>${all.length} calls${all.length > shown ? `, the last ${shown} shown` : ""}.</p><div class="scroll" tabindex="0" role="region" aria-label="Table of calls"><table><thead><tr><th scope="col">When</th><th scope="col">Service</th><th scope="col">Call</th><th scope="col">Answer</th></tr></thead><tbody>${rows}</tbody></table></div>`;
  },
};
