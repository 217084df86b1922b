/** One person's mailbox: every folder that holds something, and for each message a way to move it as the person would. */
import type { Copy } from "../mail/copies";
import type { Mailbox } from "../mail/index";
import { type Folder, folders } from "../mail/message";
import type { Tenant } from "../tenant";
import { choice, hidden } from "./fields";
import { folderNames, when } from "./mail-words";
import { type Markup, markup } from "./markup";
import { table } from "./table";

/** Shown though they are empty. */
const always: readonly Folder[] = ["Inbox", "Junk"];

const title = ({ subject }: Copy) => (subject === "" ? "(no subject)" : subject);

/** A made-up message has no source to look at. */
const original = (tenant: Tenant, copy: Copy) =>
  copy.message ? markup`<a href="/portal/${tenant.id}/mail/${copy.key}">${title(copy)}</a>` : markup`${title(copy)}`;

function mover(tenant: Tenant, address: string, copy: Copy): Markup {
  const others = folders.filter((one) => one !== copy.folder).map((one) => folderNames[one]);
  return markup`<form method="post" action="/portal/${tenant.id}/mail">${hidden("mailbox", address)}${hidden("id", copy.key)}
${choice("folder", "Where to", others[0] ?? "", others)}<button name="do" value="move" aria-label="Move ${title(copy)}">Move</button></form>`;
}

function shown(tenant: Tenant, address: string, folder: Folder, copies: Copy[]): Markup {
  const rows = copies.map(
    (copy) =>
      markup`<tr><td>${when(copy.at)}</td><td>${copy.from.address}</td><td>${original(tenant, copy)}</td><td>${copy.to}</td><td>${mover(tenant, address, copy)}</td></tr>`,
  );
  const heads = ["Received", "From", "Subject", "To", "Move it as its owner"];
  const name = folderNames[folder];
  return markup`<h4>${name} (${copies.length})</h4>${table(`${name} of ${address}`, heads, rows)}`;
}

export function mailbox(tenant: Tenant, { name, address, folders: held }: Mailbox): Markup {
  const full = folders.filter((folder) => always.includes(folder) || held[folder].length > 0);
  return markup`<h3>${name} <small>${address}</small></h3>${full.map((folder) => shown(tenant, address, folder, held[folder]))}`;
}
