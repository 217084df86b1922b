/** The page around a search of mail: whether we can look, and how a person looks without us. */
import { ok, type Result } from "@/lib/base/result";
import type { SearchParams } from "@/lib/model/mail-search";
import type { MailScope } from "@/lib/model/scope";
import type { Deps } from "./deps";
import { placed } from "./mail-search";
import { loadSetup } from "./setup";
import { headOf } from "./show";
import type { Visitor } from "./views";
import type { MailPageView, MailPlace } from "./views/mail";

/** As the vendor's own search form has them (facts: Terms, From, To, Subject, Domain, Message ID, Alert ID). */
const FIELDS: readonly (readonly [keyof SearchParams, string])[] = [
  ["q", "Terms"],
  ["sender", "From"],
  ["recipient", "To"],
  ["subject", "Subject"],
  ["domain", "Domain"],
  ["message", "Message ID"],
  ["alert", "Alert ID"],
  ["disposition", "Disposition"],
  ["status", "Delivery status"],
  ["from", "Start date"],
  ["until", "End date"],
];

function fieldsOf(params: SearchParams): MailPageView["byHand"]["fields"] {
  const filled = FIELDS.flatMap(([field, name]) => (params[field] === "" ? [] : [{ name, value: params[field] }]));
  return [...filled, { name: "Detections only", value: params.all === "yes" || params.disposition === "NONE" ? "off" : "on" }];
}

export const mailPage =
  (deps: Deps) =>
  async (
    mail: MailScope,
    visitor: Visitor,
    asked: { readonly place: MailPlace; readonly params: SearchParams },
  ): Promise<Result<MailPageView>> => {
    const setup = await loadSetup(deps, mail.tenant);
    if (!setup.ok) return setup;
    const { profile, stored } = setup.value;
    const { dashboard, retraction, vendor } = profile;
    return ok({
      head: headOf(setup.value, visitor),
      vendor,
      isOpen: stored.cloudflareToken !== null,
      byHand: {
        place: asked.place === "quarantine" ? dashboard.value.quarantine : retraction.value.trace,
        fields: fieldsOf(placed(asked.place, asked.params)),
      },
      params: asked.params,
    });
  };
