/** Seeing reports arrive: a test message from outside, and numbers that somebody reads from the vendor's dashboard. */
import { no } from "@/lib/base/result";
import { LEGS } from "@/lib/model/mail-proof";
import type { TenantScope } from "@/lib/model/scope";
import { journalFlow } from "@/lib/steps/journal-flow";
import { flowSettings } from "@/lib/steps/journal-flow-settings";
import type { Deps } from "./deps";
import { sendProof } from "./mail-proof";
import { saveSettings } from "./settings";
import { loadSetup } from "./setup";
import type { ActionAnswer, Visitor } from "./views";

/** The messages of the end-to-end proof come from outside, so the journal rule takes them: their ids are what is looked for. */
export const sendJournalTest =
  (deps: Deps) =>
  async (scope: TenantScope, visitor: Visitor, typed: string): Promise<ActionAnswer> => {
    const begun = await sendProof(deps)(scope, visitor, typed);
    if (!begun.ok) return begun;
    const proof = await deps.store.mailProofs.latest(scope);
    if (!proof) return no("gone", "The test message is not there any more.", { fix: "Send another." });
    const messageIds = LEGS.map((name) => proof.legs[name].messageId);
    const saved = await saveSettings(deps)(scope, journalFlow.id, {
      "sent.messageIds": messageIds,
      "sent.at": String(proof.madeAt),
      "sent.to": proof.address,
    });
    return saved.ok ? { ok: true, say: `Two test messages go to ${proof.address} now. Their report should come within minutes.` } : saved;
  };

const WHOLE = /^[\d\s.,'’]{1,20}$/;

/** A number as the dashboard shows it, with or without separators of thousands; kept with the time at which it was typed. */
export const noteCount =
  (deps: Deps) =>
  async (scope: TenantScope, typed: string): Promise<ActionAnswer> => {
    const digits = typed.replace(/\D/g, "");
    if (!WHOLE.test(typed.trim()) || digits === "")
      return {
        ...no("rejected", "That is no number. Nothing was saved."),
        fields: { count: "Enter the number as the dashboard shows it." },
      };
    const setup = await loadSetup(deps, scope);
    if (!setup.ok) return setup;
    const { counts } = flowSettings.parse(setup.value.settings(journalFlow));
    // The newest are what counts.
    const all = [...counts.slice(-99), { at: deps.clock.now(), total: digits }];
    const form = Object.fromEntries(all.map(({ at, total }) => [`counts.${at}`, String(total)]));
    const saved = await saveSettings(deps)(scope, journalFlow.id, form);
    return saved.ok ? { ok: true, say: "Saved. Type it again in a few minutes, after some mail." } : saved;
  };
