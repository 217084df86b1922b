/** A tenant's mail: each person's folders, the quarantine, and what never arrived. */
import { type Message, mailboxes, quarantine } from "../mail/index";
import type { Tenant } from "../tenant";
import { hidden } from "./fields";
import { mailForm } from "./mail-form";
import { placeWords, when } from "./mail-words";
import { mailbox } from "./mailbox";
import { type Markup, markup } from "./markup";
import { page } from "./page";
import { table } from "./table";

const original = (tenant: Tenant, { id, subject }: Message) =>
  markup`<a href="/portal/${tenant.id}/mail/${id}">${subject === "" ? "(no subject)" : subject}</a>`;

const release = (tenant: Tenant, { id, subject }: Message) =>
  markup`<form method="post" action="/portal/${tenant.id}/mail">${hidden("id", id)}<button name="do" value="release" aria-label="Release ${subject}">Release</button></form>`;

function held(tenant: Tenant): Markup {
  const rows = quarantine(tenant).map(
    ({ message, place }) =>
      markup`<tr><td>${when(message.at)}</td><td>${message.to}</td><td>${original(tenant, message)}</td><td>${placeWords(place)}</td><td>${place.reason}</td><td>${place.notified.join(", ")}</td><td>${release(tenant, message)}</td></tr>`,
  );
  return table("Quarantine", ["Received", "To", "Subject", "Where", "Why", "Notified", "Release"], rows);
}

function nowhere(tenant: Tenant): Markup {
  const lost = tenant.mail.messages.filter(({ place }) => place.kind === "refused" || place.kind === "gone").reverse();
  const rows = lost.map(
    (message) =>
      markup`<tr><td>${when(message.at)}</td><td>${message.to}</td><td>${original(tenant, message)}</td><td>${placeWords(message.place)}</td></tr>`,
  );
  return table("Mail that was not delivered", ["When", "To", "Subject", "What became of it"], rows);
}

export function mailPage(tenant: Tenant, said: Markup | null, status = 200) {
  const boxes = mailboxes(tenant).map((box) => mailbox(tenant, box));
  const body = markup`<p><a href="/portal/${tenant.id}">${tenant.name}</a> · <a href="/portal/outbox">Mail from Cutover</a></p>${said}
<section aria-labelledby="send"><h2 id="send">Send a test message</h2>${mailForm(tenant)}</section>
<section aria-labelledby="mailboxes"><h2 id="mailboxes">Mailboxes</h2>${boxes}</section>
<section aria-labelledby="quarantine"><h2 id="quarantine">Quarantine</h2>${held(tenant)}</section>
<section aria-labelledby="nowhere"><h2 id="nowhere">Not delivered</h2>${nowhere(tenant)}</section>`;
  return page(`Mail of ${tenant.name}`, body, status);
}
