/** The end-to-end proof: two test messages to a mailbox that a person names and agrees to, what became of each, and the headers they paste. */
import { randomUUID } from "node:crypto";
import { no, ok, type Problem, type Result } from "@/lib/base/result";
import { storable } from "@/lib/base/storable";
import { mailProofJob } from "@/lib/jobs/mail-proof";
import { type Circumstances, domainOf, isSent, LEGS } from "@/lib/model/mail-proof";
import { MOST_CHARS, readHeaders } from "@/lib/model/mail-proof-headers";
import { signsIn } from "@/lib/model/mail-proof-signs";
import type { MailProofView } from "@/lib/model/mail-proof-view";
import type { TenantScope } from "@/lib/model/scope";
import { domainsIn } from "@/lib/steps/index";
import type { Deps } from "./deps";
import { knownCircumstances, vendorOf } from "./mail-proof-facts";
import { newLegs, senderIn } from "./mail-proof-letter";
import { legOf, shownProof } from "./mail-proof-shown";
import { provedDomains } from "./own-mail";
import { loadSetup, type Setup } from "./setup";
import { rememberedOf } from "./standing";
import type { ActionAnswer, Visitor } from "./views";

const HOUR_MS = 3_600_000;
/** A mailbox is not to be flooded from here, by whoever came into somebody's session. */
const MOST_AN_HOUR = 10;
const LOCAL = /^[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}$/;

const NO_SENDER: Problem = {
  code: "not-ready",
  say: "Cutover has no address that it could send a test message from.",
  fix: "Whoever runs Cutover sets MAIL_FROM to an address in a domain of theirs.",
};

/** Only to a mailbox in a chosen domain that Microsoft says is the company's, or to the person's own: nobody else is mailed at from here. */
function whyNot(typed: string, setup: Setup, { upn }: Visitor): string | null {
  const domains = domainsIn(setup.settings);
  const at = typed.lastIndexOf("@");
  const [local, domain] = [typed.slice(0, Math.max(0, at)), domainOf(typed)];
  if (at < 1 || domain === "") return "Use the form name@company.com.";
  if (!domains.includes(domain)) return `Name a mailbox in one of the domains you chose: ${domains.join(", ") || "none yet"}.`;
  if (!provedDomains(setup).includes(domain) && typed.toLowerCase() !== upn.toLowerCase())
    return `Microsoft has not told us that ${domain} is yours. Name your own mailbox, ${upn}, or look at your domains again first.`;
  return LOCAL.test(local) ? null : "Name a mailbox whose address has no special characters.";
}

function expected(name: "mx" | "direct", { isAtVendor, lock }: Circumstances, vendor: string): string {
  if (name === "mx")
    return isAtVendor
      ? `It should pass ${vendor} and be delivered.`
      : "It should be delivered. Your mail records do not name the vendor yet.";
  return lock === "on" ? "It should be refused: the door is locked." : "It should be accepted, as long as the door is not locked.";
}

function planOf(setup: Setup, address: string, from: string): MailProofView["plan"] {
  const now = knownCircumstances(setup, domainOf(address), rememberedOf(setup));
  const legs = newLegs(from);
  const hosts = { mx: now.mxHosts ?? [], direct: now.ownHost === null ? [] : [now.ownHost] };
  const messages = LEGS.map((name) => ({
    subject: legs[name].subject,
    hosts: hosts[name],
    expect: expected(name, now, setup.profile.product),
  }));
  return { address, from, messages };
}

export const mailProofPage =
  (deps: Deps) =>
  async (scope: TenantScope, visitor: Visitor, typed = ""): Promise<Result<MailProofView>> => {
    const [setup, proof] = await Promise.all([loadSetup(deps, scope), deps.store.mailProofs.latest(scope)]);
    if (!setup.ok) return setup;
    const domains = domainsIn(setup.value.settings);
    const from = senderIn(deps.testMail.from);
    const address = storable(typed.trim(), 320);
    const why = address === "" ? null : whyNot(address, setup.value, visitor);
    return ok({
      domains,
      barred: from === null ? NO_SENDER : null,
      typed: address,
      why,
      plan: from !== null && address !== "" && why === null ? planOf(setup.value, address, from) : null,
      proof: proof && shownProof(proof, vendorOf(setup.value.profile)),
    });
  };

async function tooMany(deps: Deps, scope: TenantScope, now: number): Promise<ActionAnswer | null> {
  const last = await deps.store.events.list(scope, { kinds: ["proof-agreed"], limit: MOST_AN_HOUR });
  const oldest = last.at(-1);
  if (last.length < MOST_AN_HOUR || !oldest || oldest.at <= now - HOUR_MS) return null;
  return no("throttled", "Test messages were sent ten times within an hour.", {
    fix: "Wait a while, then send again.",
    retryAt: oldest.at + HOUR_MS,
  });
}

/** Agreed by pressing the button that names the mailbox. */
export const sendProof =
  (deps: Deps) =>
  async (scope: TenantScope, visitor: Visitor, typed: string): Promise<ActionAnswer> => {
    const setup = await loadSetup(deps, scope);
    if (!setup.ok) return setup;
    const address = typed.trim();
    const why = whyNot(address, setup.value, visitor);
    if (why !== null) return { ...no("rejected", "Nothing was sent: that is no mailbox for it.", { fix: why }), fields: { to: why } };
    const from = senderIn(deps.testMail.from);
    if (from === null) return { ok: false, problem: NO_SENDER };
    const at = deps.clock.now();
    const flood = await tooMany(deps, scope, at);
    if (flood) return flood;
    const id = randomUUID();
    const event = { kind: "proof-agreed", at, detail: { upn: address } };
    const job = mailProofJob(scope.tenant, id);
    const begun = await deps.store.mailProofs.begin(scope, { id, at, address, from, legs: newLegs(from), event, job }, (before) =>
      isSent(before.legs),
    );
    return begun.ok ? { ok: true, href: `/t/${scope.tenant}/proof` } : begun;
  };

const wrong = (say: string, field: string): ActionAnswer => ({ ...no("rejected", say), fields: { headers: field } });

/** Headers of another message are taken too, and shown as such. */
export const pasteHeaders =
  (deps: Deps) =>
  async (scope: TenantScope, id: string, raw: string): Promise<ActionAnswer> => {
    const text = storable(raw, MOST_CHARS);
    if (text.trim() === "") return wrong("Nothing was pasted.", "Paste the headers of the message");
    const [setup, proof] = await Promise.all([loadSetup(deps, scope), deps.store.mailProofs.find(scope, id)]);
    if (!setup.ok) return setup;
    if (!proof) return no("gone", "These test messages are not there any more.", { fix: "Load the page again." });
    const signs = signsIn(readHeaders(text).headers, vendorOf(setup.value.profile));
    if (signs.messageId === null && signs.hops.length === 0)
      return wrong(
        "These are not the headers of a message. Nothing was kept.",
        "Paste all of them: lines such as “Received: from …” and “Message-ID: …”",
      );
    const at = deps.clock.now();
    const leg = legOf(proof, signs);
    const event = { kind: "proof-pasted", at, detail: { name: leg ?? "other" } };
    const isKept = await deps.store.mailProofs.paste(scope, id, { at, by: scope.actor.name, text }, event);
    if (!isKept) return no("gone", "These test messages are not there any more.", { fix: "Load the page again." });
    return {
      ok: true,
      say: leg === null ? "These are headers of another message: explained, but no proof." : "The headers are read.",
    };
  };

/** Looks into message trace right away, whenever the next look would be. */
export const lookForProof =
  (deps: Deps) =>
  async (scope: TenantScope, id: string): Promise<ActionAnswer> => {
    const proof = await deps.store.mailProofs.find(scope, id);
    if (!proof) return no("gone", "These test messages are not there any more.", { fix: "Load the page again." });
    if (!proof.isOpen) return no("rejected", "Cutover no longer looks for these.", { fix: "Send two new ones." });
    await deps.store.jobs.enqueue(scope, mailProofJob(scope.tenant, id));
    return { ok: true, say: "Cutover looks again now." };
  };
