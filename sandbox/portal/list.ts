/** The portal's front page: which tenants there are and what is odd about each. */
import { canSignIn } from "../people";
import { scenarios } from "../scenarios/index";
import type { World } from "../world";
import { markup } from "./markup";
import { page } from "./page";

export function listPage(world: World) {
  const rows = [...world.tenants.values()].map((tenant) => {
    const about = scenarios.find((scenario) => scenario.name === tenant.scenario)?.about ?? "";
    const people = tenant.users.filter(canSignIn).map((user) => markup`<li><code>${user.upn}</code> ${user.name}</li>`);
    return markup`<tr><th scope="row"><a href="/portal/${tenant.id}">${tenant.name}</a></th><td>${about}</td><td><ul>${people}</ul></td></tr>`;
  });
  const body = markup`<p>Pick an organisation to see what is set in it, and to set it by hand. Mail that Cutover sends to people is <a href="/portal/outbox">here</a>.</p>
<div class="scroll" tabindex="0" role="region" aria-label="Organisations"><table><thead><tr><th scope="col">Organisation</th><th scope="col">What is special</th><th scope="col">People who can sign in</th></tr></thead><tbody>${rows}</tbody></table></div>`;
  return page("Organisations", body);
}
