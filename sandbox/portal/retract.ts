/** The vendor's dashboard, "Retract settings": consent for its application, and the table of what it moves by itself. */
import { setAutoRetract } from "../cloudflare/auto-retract";
import { type Destination, type Retractable, retractable } from "../cloudflare/state";
import { type VendorProduct, vendorProducts, vendorRegistrations } from "../entra/registrations";
import { productOf } from "../entra/vendor-grants";
import { formOf, type Handler, redirect, type SandboxRequest, type SandboxResponse } from "../http";
import type { Tenant } from "../tenant";
import { findTenant, type World } from "../world";
import { button, choice, tick } from "./fields";
import { type Markup, markup } from "./markup";
import { page } from "./page";
import { type Choice, choices, dashboards } from "./retract-words";

const addressOf = (tenant: Tenant, product: VendorProduct, more = "") => `/portal/${tenant.id}/retract?product=${product}${more}`;

/** Of the dashboard that was asked for, else of the product that is authorised. */
function productIn({ searchParams }: URL, { vendorApplication }: Tenant): VendorProduct {
  const asked = vendorProducts.find((one) => one === searchParams.get("product"));
  return asked ?? productOf(vendorApplication?.appId ?? "") ?? "area1";
}

/** What the trip to Microsoft came to; the tenant in the address is not believed, what Entra holds is. */
function said({ searchParams }: URL, tenant: Tenant, product: VendorProduct): Markup | null {
  const dismiss = markup`<a href="${addressOf(tenant, product)}">Dismiss</a>`;
  const problem = searchParams.get("error_description") ?? searchParams.get("error");
  if (problem !== null) return markup`<p class="said" role="alert">The authorization did not complete: ${problem} ${dismiss}</p>`;
  if (searchParams.has("saved")) return markup`<p class="said" role="status">Auto-retract settings updated. ${dismiss}</p>`;
  if (!searchParams.has("admin_consent")) return null;
  return isAuthorized(tenant, product)
    ? markup`<p class="said" role="status">Authorization completed successfully. ${dismiss}</p>`
    : markup`<p class="said" role="alert">You authorized another organisation, not ${tenant.name}. ${dismiss}</p>`;
}

const isAuthorized = ({ vendorApplication: own }: Tenant, product: VendorProduct) =>
  own?.appId === vendorRegistrations[product].clientId && own.revokedAt === null;

function authorization(url: URL, tenant: Tenant, product: VendorProduct): Markup {
  const { clientId, name } = vendorRegistrations[product];
  const back = `${url.origin}${addressOf(tenant, product)}`;
  const consent = `/${tenant.id}/adminconsent?${new URLSearchParams({ client_id: clientId, state: "retract", redirect_uri: back })}`;
  const state = isAuthorized(tenant, product)
    ? markup`<p>${name} is authorized for ${tenant.name}.</p>`
    : markup`<p>${name} is not authorized for ${tenant.name}. Use an account with the Privileged Role Administrator role.</p>`;
  return markup`${state}<p><a href="${consent}">${isAuthorized(tenant, product) ? "Authorize again" : "Authorize"}</a></p>`;
}

/** Two choices of Area 1 end in one folder: which of them was made is kept beside the table. */
function chosen({ cloudflare }: Tenant, product: VendorProduct, row: Retractable): Choice {
  const folder = cloudflare.autoRetract.table[row];
  const fitting = choices[product].filter((one) => one.folder === folder);
  const soft = cloudflare.softDeleted?.includes(row) ? fitting.find(({ isSoft }) => isSoft) : undefined;
  return soft ?? fitting[0] ?? { label: `Folder ${folder}`, folder };
}

function autoRetract(tenant: Tenant, product: VendorProduct): Markup {
  const { words } = dashboards[product];
  const rows = retractable.map((row) => {
    const now = chosen(tenant, product, row);
    const known = choices[product].map(({ label }) => label);
    return choice(row, row, now.label, known.includes(now.label) ? known : [now.label, ...known]);
  });
  return markup`<form method="post" action="${addressOf(tenant, product)}"><fieldset><legend>${words.table}</legend>
${tick("on", "Move new detections by itself", tenant.cloudflare.autoRetract.on)}${rows}${button(words.save)}</fieldset></form>`;
}

/** The menu is missing until the vendor's support switches it on. */
const missing = (tenant: Tenant, product: VendorProduct) =>
  markup`<p>This account has no ${dashboards[product].words.menu}. Ask the vendor’s support to enable it.</p>
<form method="post" action="${addressOf(tenant, product)}">${button("Be the vendor’s support: enable it", "enable")}</form>`;

function retractPage(url: URL, tenant: Tenant): SandboxResponse {
  const product = productIn(url, tenant);
  const { words } = dashboards[product];
  const others = vendorProducts.map(
    (one) =>
      markup`<li>${one === product ? dashboards[one].name : markup`<a href="${addressOf(tenant, one)}">${dashboards[one].name}</a>`}</li>`,
  );
  const settings = markup`<section aria-labelledby="authorize"><h2 id="authorize">${words.authorize}</h2>${authorization(url, tenant, product)}</section>
<section aria-labelledby="auto"><h2 id="auto">${words.auto}</h2>${autoRetract(tenant, product)}</section>`;
  const body = markup`<p><a href="/portal/${tenant.id}">${tenant.name}</a> · <a href="/portal/${tenant.id}/mail">Mail</a></p>
<nav aria-label="Dashboards"><ul>${others}</ul></nav><p>${words.path}</p>${said(url, tenant, product)}
${tenant.cloudflare.hasRetract ? settings : missing(tenant, product)}`;
  return page(`${words.menu} of ${tenant.name}`, body);
}

function save({ cloudflare }: Tenant, product: VendorProduct, form: URLSearchParams, now: number): void {
  const picked = retractable.map((row) => ({ row, choice: choices[product].find(({ label }) => label === form.get(row)) }));
  const before = cloudflare.autoRetract.table;
  const folderOf = (row: Retractable): Destination | null => {
    const found = picked.find((one) => one.row === row)?.choice;
    return found ? found.folder : before[row];
  };
  const [MALICIOUS, SUSPICIOUS, SPOOF, SPAM, BULK] = [
    folderOf("MALICIOUS"),
    folderOf("SUSPICIOUS"),
    folderOf("SPOOF"),
    folderOf("SPAM"),
    folderOf("BULK"),
  ];
  cloudflare.softDeleted = picked.flatMap(({ row, choice: one }) => (one?.isSoft ? [row] : []));
  setAutoRetract(cloudflare, { on: form.has("on"), table: { MALICIOUS, SUSPICIOUS, SPOOF, SPAM, BULK } }, now);
}

function post(request: SandboxRequest, world: World, tenant: Tenant): SandboxResponse {
  const product = productIn(request.url, tenant);
  const form = formOf(request);
  if (form.get("do") === "enable") tenant.cloudflare.hasRetract = true;
  else save(tenant, product, form, world.clock.now());
  world.save();
  return redirect(addressOf(tenant, product, form.get("do") === "enable" ? "" : "&saved=1"));
}

export const retractPortal: Handler = async (request, world) => {
  const [, root, name = "", section] = request.url.pathname.split("/");
  const tenant = root === "portal" && section === "retract" ? findTenant(world, name) : undefined;
  if (!tenant) return null;
  return request.method === "POST" ? post(request, world, tenant) : retractPage(request.url, tenant);
};
