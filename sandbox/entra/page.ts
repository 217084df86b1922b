/** Entra's pages as plain HTML: a picker of accounts, and pages that say what is wrong. They work without script, light and dark. */
import { escapeHtml, html, type SandboxResponse } from "../http";
import type { Tenant, User } from "../tenant";
import type { World } from "../world";
import { describeRefusal, type Refusal } from "./errors";
import { roleNames } from "./permissions";

const style = `
:root { color-scheme: light dark; --ink: #1b1b1f; --paper: #f5f6f8; --card: #fff; --line: #8a8d93; --quiet: #50545b; --go: #0b57b7; }
@media (prefers-color-scheme: dark) { :root { --ink: #f1f1f3; --paper: #15161a; --card: #212329; --line: #80848c; --quiet: #b9bdc5; --go: #8ab8ff; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--paper); color: var(--ink); font: 16px/1.5 system-ui, sans-serif; }
main { max-width: 36rem; margin: 3rem auto; padding: 2rem; background: var(--card); border: 1px solid var(--line); border-radius: 8px; }
h1 { font-size: 1.5rem; margin: 0 0 .5rem; } h2 { font-size: 1rem; margin: 1.5rem 0 .5rem; }
p { margin: .5rem 0; } .quiet { color: var(--quiet); } pre { white-space: pre-wrap; overflow-wrap: anywhere; font-size: .85rem; }
button { font: inherit; color: inherit; background: none; border: 1px solid var(--line); border-radius: 6px; padding: .6rem .9rem; cursor: pointer; }
button.account { display: block; width: 100%; margin: 0 0 .5rem; text-align: left; } button.account span { color: var(--quiet); }
button.go { background: var(--go); border-color: var(--go); color: var(--card); } button:focus-visible, input:focus-visible { outline: 3px solid var(--go); outline-offset: 2px; }
.row { display: flex; gap: .75rem; flex-wrap: wrap; margin-top: 1.5rem; } label { display: flex; gap: .6rem; align-items: baseline; }`;

export function page(status: number, title: string, body: string): SandboxResponse {
  const head = `<meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${escapeHtml(title)}</title><style>${style}</style>`;
  return html(status, `<!doctype html><html lang="en"><head>${head}</head><body><main>${body}</main></body></html>`);
}

/** A form that posts back to the page it stands on. */
export function form(body: string): string {
  return `<form method="post">${body}</form>`;
}

export const hidden = (name: string, value: string) => `<input type="hidden" name="${name}" value="${escapeHtml(value)}">`;

function accountButton(user: User): string {
  const roles = user.directoryRoles.map((role) => roleNames.get(role) ?? role);
  const said = [user.upn, ...roles, ...user.appRoles].map(escapeHtml).join(" · ");
  return `<button class="account" name="account" value="${user.id}"><strong>${escapeHtml(user.name)}</strong> <span>${said}</span></button>`;
}

function accountsOf(tenant: Tenant): string {
  return `<h2>${escapeHtml(tenant.name)}</h2>${tenant.users.map(accountButton).join("")}`;
}

/** Whoever is picked is signed in: nobody in the sandbox has a password. */
export function accountPicker(title: string, lead: string, groups: { heading: string | null; tenants: Tenant[] }[]): SandboxResponse {
  const lists = groups
    .filter((group) => group.tenants.length > 0)
    .map(({ heading, tenants }) => `${heading === null ? "" : `<p class="quiet">${heading}</p>`}${tenants.map(accountsOf).join("")}`);
  const cancel = `<div class="row"><button name="decision" value="cancel">Cancel</button></div>`;
  return page(200, title, `<h1>${escapeHtml(title)}</h1><p class="quiet">${escapeHtml(lead)}</p>${form(lists.join("") + cancel)}`);
}

/** The account that was picked, of whatever tenant. */
export function findAccount(world: World, id: string): { tenant: Tenant; user: User } | null {
  for (const tenant of world.tenants.values()) {
    const user = tenant.users.find((one) => one.id === id);
    if (user) return { tenant, user };
  }
  return null;
}

export function refusalPage(refused: Refusal, world: World): SandboxResponse {
  const text = escapeHtml(describeRefusal(refused, world.clock.now()));
  return page(400, "Sign in to your account", `<h1>Sorry, but we’re having trouble signing you in.</h1><pre>${text}</pre>`);
}
