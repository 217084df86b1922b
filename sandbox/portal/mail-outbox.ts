/** Mail that Cutover sent to people: the mailbox where somebody who tries things out finds it. */
import { readable } from "../smtp/outbox";
import type { World } from "../world";
import { when } from "./mail-words";
import { type Markup, markup } from "./markup";
import { page } from "./page";

const address = /(https?:\/\/[^\s<>"]+)/;

/** Addresses in a text become links, as in any mail program. */
const linked = (text: string): Markup[] =>
  text.split(address).map((piece, index) => (index % 2 === 1 ? markup`<a href="${piece}">${piece}</a>` : markup`${piece}`));

export async function outboxPage(world: World) {
  const mails = await Promise.all(
    [...world.outbox].reverse().map(async (mail) => {
      const { subject, text } = await readable(mail);
      return markup`<article aria-labelledby="mail-${mail.id}"><h2 id="mail-${mail.id}">${subject === "" ? "(no subject)" : subject}</h2>
<p>From ${mail.from} to ${mail.to.join(", ")}, ${when(mail.at)}</p><pre tabindex="0">${linked(text)}</pre>
<p><a href="/sandbox/messages/${mail.id}">The whole message as plain text</a></p></article>`;
    }),
  );
  const none = markup`<p>Cutover sent no mail yet.</p>`;
  return page("Mail from Cutover", markup`<p><a href="/portal">All organisations</a></p>${mails.length === 0 ? none : mails}`);
}
