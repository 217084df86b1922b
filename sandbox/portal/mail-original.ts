/** One message as it lies there: its headers to copy, as "View message source" shows them, and what happened on its way. */
import { type Message, rawOf } from "../mail/index";
import type { Tenant } from "../tenant";
import { placeWords, when } from "./mail-words";
import { markup } from "./markup";
import { page } from "./page";

export function originalPage(tenant: Tenant, message: Message) {
  const raw = rawOf(message).toString("utf8");
  const end = raw.search(/\r?\n\r?\n/);
  const [headers, body] = end < 0 ? [raw, ""] : [raw.slice(0, end), raw.slice(end).trimStart()];
  const events = message.events.map(
    ({ at, event, action, detail, data }) =>
      markup`<tr><td>${when(at)}</td><td>${event}</td><td>${action}</td><td>${detail}</td><td><code>${data}</code></td></tr>`,
  );
  const source =
    raw === ""
      ? markup`<p>It was refused before its text was sent, so there is no source.</p>`
      : markup`<label>Headers <small>(select all and copy)</small><textarea readonly rows="24" spellcheck="false">${headers}</textarea></label>
<details><summary>Text</summary><pre tabindex="0">${body}</pre></details>
<p><a href="/sandbox/messages/${message.id}">The whole message as plain text</a></p>`;
  return page(
    message.subject === "" ? "(no subject)" : message.subject,
    markup`<p><a href="/portal/${tenant.id}/mail">Mail of ${tenant.name}</a></p>
<p>From ${message.from} to ${message.to}, ${when(message.at)}, handed over by ${message.fromIp}. ${placeWords(message.place)}.</p>
<section aria-labelledby="source"><h2 id="source">Message source</h2>${source}</section>
<section aria-labelledby="way"><h2 id="way">On its way</h2><div class="scroll" tabindex="0" role="region" aria-label="Message trace"><table><thead><tr><th scope="col">When</th><th scope="col">Event</th><th scope="col">Action</th><th scope="col">Detail</th><th scope="col">Data</th></tr></thead><tbody>${events}</tbody></table></div></section>`,
  );
}
