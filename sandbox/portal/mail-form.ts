/** The form that sends a test message into the sandbox, and what came of the last one. */
import { dispositions } from "../mail/disposition";
import { whatBecameOf } from "../mail/index";
import type { Letter, Outcome, Posted } from "../smtp/sender";
import type { Tenant } from "../tenant";
import { button, choice, line } from "./fields";
import { placeWords } from "./mail-words";
import { type Markup, markup } from "./markup";

const ways = {
  mx: "To the hosts of the MX record",
  direct: "Straight to Microsoft 365",
  internal: "From one of your own people, to the inside or the outside",
} as const;
const noVerdict = "nothing bad";

const defaults = (tenant: Tenant) => ({
  from: "Newsletter <news@stranger.example>",
  to: tenant.users[0]?.upn ?? "",
  subject: "A test message",
});

export function mailForm(tenant: Tenant): Markup {
  const { from, to, subject } = defaults(tenant);
  return markup`<form method="post" action="/portal/${tenant.id}/mail">
${line("from", "From", from)}${line("to", "To", to)}${line("subject", "Subject", subject)}
${choice("via", "Way", ways.mx, Object.values(ways))}
${choice("disposition", "The email security vendor thinks it is", noVerdict, [noVerdict, ...dispositions.filter((one) => one !== "NONE")])}
${line("fromIp", "Sent from this address (empty: a stranger's)", "")}
${button("Send message", "send")}</form>`;
}

const wayNamed = (words: string): Letter["via"] => (words === ways.direct ? "direct" : words === ways.internal ? "internal" : "mx");

const isAddress = (text: string) => /^[^@\s]+@[^@\s]+$|<[^@\s<>]+@[^@\s<>]+>$/.test(text);

/** A sentence where the form cannot be sent. */
export function letterOf(form: URLSearchParams): Letter | string {
  const field = (name: string) => (form.get(name) ?? "").trim();
  for (const name of ["from", "to"]) if (!isAddress(field(name))) return `"${field(name)}" isn't a mail address.`;
  const fromIp = field("fromIp");
  if (fromIp !== "" && !/^[\d.]+$|^[\da-f:.]+$/i.test(fromIp)) return `"${fromIp}" isn't an IP address.`;
  return {
    from: field("from"),
    to: field("to"),
    subject: field("subject"),
    via: wayNamed(field("via")),
    disposition: dispositions.find((one) => one === field("disposition")),
    fromIp: fromIp === "" ? undefined : fromIp,
  };
}

function sentence({ result, host, code, text }: Outcome): string {
  const said = code === null ? text : `${code} ${text}`;
  if (result === "accepted") return `${host} accepted the message: ${said}`;
  if (host === null) return `The message could not be sent: ${said}`;
  return result === "deferred"
    ? `${host} did not take it now; a real server would try again for days: ${said}`
    : `${host} refused the message: ${said}`;
}

/** What was said, host by host, and where the copies lie now. */
export function sentReport(tenant: Tenant, { messageId, outcome }: Posted): Markup {
  const copies = whatBecameOf(tenant, messageId);
  const hops = outcome.attempts.map(
    ({ host, address, lines }) =>
      markup`<details><summary>Talk with ${host} (${address})</summary><pre tabindex="0">${lines.join("\n")}</pre></details>`,
  );
  const items = copies.map(
    (copy) => markup`<li><a href="/portal/${tenant.id}/mail/${copy.id}">${copy.to}</a>: ${placeWords(copy.place)}</li>`,
  );
  return markup`<div class="said" role="${outcome.result === "accepted" ? "status" : "alert"}"><p>${sentence(outcome)}</p>
${items.length === 0 ? "" : markup`<ul>${items}</ul>`}${hops}</div>`;
}
