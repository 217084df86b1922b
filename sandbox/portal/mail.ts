/** The portal's pages about mail: a tenant's mailboxes, one message, and what Cutover sent. */

import { ownerOf } from "../graph/mailbox";
import { formOf, type Handler, redirect, type SandboxResponse } from "../http";
import { copyWith, moveCopy } from "../mail/copies";
import { messageWithId, releaseMessage } from "../mail/index";
import { folders } from "../mail/message";
import type { Post, Posted } from "../smtp/sender";
import type { Tenant } from "../tenant";
import { findTenant, type World } from "../world";
import { letterOf, sentReport } from "./mail-form";
import { originalPage } from "./mail-original";
import { outboxPage } from "./mail-outbox";
import { mailPage } from "./mail-page";
import { folderNames } from "./mail-words";
import { markup } from "./markup";
import { page } from "./page";

/** Reports of the last messages sent from the form; a page asked for later says nothing about them. */
const mostReports = 50;

const notFound = () => page("No such page", markup`<p><a href="/portal">All organisations</a></p>`, 404);

const sentence = (text: string, isBad: boolean) => markup`<p class="said" role="${isBad ? "alert" : "status"}">${text}</p>`;

/** As an administrator would, who may release anything. */
function release(world: World, tenant: Tenant, id: string): SandboxResponse {
  const isOurs = messageWithId(world, id)?.tenant === tenant;
  const problem = isOurs ? releaseMessage(world, id) : "There is no such message.";
  return problem === null ? mailPage(tenant, sentence("Released.", false)) : mailPage(tenant, sentence(problem, true), 400);
}

/** As the person whose mailbox it is would. */
function move(world: World, tenant: Tenant, form: URLSearchParams): SandboxResponse {
  const user = ownerOf(tenant, form.get("mailbox") ?? "");
  const copy = user ? copyWith(tenant, user, form.get("id") ?? "") : undefined;
  const folder = folders.find((one) => folderNames[one] === form.get("folder"));
  if (!user || !copy || !folder) return mailPage(tenant, sentence("There is no such message, or no such folder.", true), 400);
  moveCopy(world, tenant, user, copy, folder);
  const subject = copy.subject === "" ? "The message" : `"${copy.subject}"`;
  return mailPage(tenant, sentence(`${subject} of ${user.upn} lies in ${folderNames[folder]} now.`, false));
}

export function mailPortal(post: Post): Handler {
  const reports = new Map<string, Posted>();
  const send = async (tenant: Tenant, form: URLSearchParams): Promise<SandboxResponse> => {
    const letter = letterOf(form);
    if (typeof letter === "string") return mailPage(tenant, sentence(letter, true), 400);
    const posted = await post(tenant, letter);
    if (reports.size >= mostReports) reports.clear();
    reports.set(posted.id, posted);
    return redirect(`/portal/${tenant.id}/mail?sent=${posted.id}`);
  };
  return async (request, world) => {
    const [, root, name = "", section, id] = request.url.pathname.split("/");
    if (root !== "portal" || (name !== "outbox" && section !== "mail")) return null;
    if (name === "outbox") return outboxPage(world);
    const tenant = findTenant(world, name);
    if (!tenant) return notFound();
    if (request.method === "POST") {
      const form = formOf(request);
      if (form.get("do") === "move") return move(world, tenant, form);
      return form.get("do") === "release" ? release(world, tenant, form.get("id") ?? "") : send(tenant, form);
    }
    const found = id === undefined ? null : messageWithId(world, id);
    if (id !== undefined) return found?.tenant === tenant ? originalPage(tenant, found.message) : notFound();
    const posted = reports.get(request.url.searchParams.get("sent") ?? "");
    return mailPage(tenant, posted ? sentReport(tenant, posted) : null);
  };
}
