/** Where mail lands is what the outcome preview said: every use case, applied by the product, and a message of each disposition sent. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { profiles } from "@/lib/profiles/all";
import type { Profile } from "@/lib/profiles/profile";
import type { UseCaseId } from "@/lib/profiles/use-cases";
import { vendorQuarantine } from "@/lib/steps/message-handling-settings";
import { endOf, inlineVerbs, type Place } from "./inline-testing";
import { type Customer, type Practice, startPractice } from "./practice";
import { verbs } from "./testing";

let house: Practice;
let I: ReturnType<typeof verbs>;
let my: ReturnType<typeof inlineVerbs>;
beforeAll(async () => {
  house = await startPractice();
  I = verbs(house);
  my = inlineVerbs(house, I);
});
afterAll(() => house.stop());

const MAIL = ["MALICIOUS", "SUSPICIOUS", "SPOOF", "SPAM", "BULK", "NONE", "HPHISH"] as const;
type Mail = (typeof MAIL)[number];

const WORDS: Readonly<Partial<Record<Mail, string>>> = {
  NONE: "Clean mail",
  HPHISH: "High-confidence phishing, by Microsoft's own judgement",
};
const letterOf = (mail: Mail) => (mail === "HPHISH" ? { headers: { "X-Sandbox-Microsoft-Verdict": "HPHISH" } } : { disposition: mail });

/** Where it lies, who was told and who may release it, in the preview's words. */
function told(place: Place, { vendor }: Profile): readonly string[] {
  if (place.kind === "folder") return [place.folder === "Junk" ? "Junk Email folder" : "Inbox", "Not held", "Not held"];
  if (place.kind !== "quarantine") return [JSON.stringify(place)];
  if (place.by === "vendor") return [`Held at ${vendor}`, "Nobody", `An administrator, at ${vendor}`];
  const where = place.policy === null ? "Hosted quarantine" : `Quarantine with ${place.policy}`;
  const may = { user: "The recipient", "user-asks": "The recipient asks, an administrator decides", admin: "An administrator" };
  return [where, place.notified.length > 0 ? "The recipient" : "Nobody", may[place.release]];
}

/** What the page's first table says of a kind of mail and these people. */
async function preview(customer: Customer) {
  const { evidence } = await I.fresh(customer, "message-handling");
  const rows = evidence[0]?.rows.map((row) => row.map(String)) ?? [];
  return (mail: Mail, whose: string): readonly (readonly string[])[] =>
    rows
      .filter(([of, whom = ""]) => of === (WORDS[mail] ?? mail) && (whom === "everybody" || whom.includes(whose)))
      .map((row) => row.slice(2));
}

/** Applied at Microsoft, then at the vendor: by hand where the product bars the way because people could release MALICIOUS mail. */
async function applies(customer: Customer, useCase: UseCaseId, profile: Profile): Promise<void> {
  const chosen = { useCase, spoofClean: profile.id === "area1" ? "yes" : "no", enhancedDetections: "no" } as const;
  await my.handles(customer, chosen);
  if ((await I.status(customer, "message-handling")) === "done") return my.done(customer, "area1-domains");
  expect(await my.checkOf(customer, "message-handling", "malicious-release")).toMatchObject({ verdict: "fail" });
  expect(await house.uc.makePlan(customer.scope, "area1-domains", "us", false)).toMatchObject({ ok: false });
  const held = vendorQuarantine(chosen, profile);
  for (const at of my.domainsOf(customer).keys()) await I.edit(customer, ["cloudflare", "domains", String(at), "drop_dispositions"], held);
}

/** One for each policy that decides. */
function peopleOf(customer: Customer): readonly (readonly [to: string, whose: string])[] {
  const [domain = "", other = ""] = my.domainsOf(customer);
  return [
    [`employee@${domain}`, "everybody else"],
    [`exchange.admin@${domain}`, `members of management@${domain}`],
    [`employee@${other}`, `everybody at ${other}`],
  ];
}

const ALL = ["1", "2", "3", "4", "5"] as const;

const EVERYBODY = "where Default decides for everybody";
const SOME = "“for some people it lands elsewhere”: where a preset and a custom policy decide before Default (27)";

describe.each([
  [EVERYBODY, "fresh", "cloudflare", ALL],
  [EVERYBODY, "fresh", "area1", ALL],
  [SOME, "presets", "cloudflare", ALL],
  [SOME, "presets", "area1", ["1", "5"] as const],
] as const)("%s", (_, scenario, id, cases) => {
  const profile = profiles[id];
  let customer: Customer;
  beforeAll(async () => {
    customer = await my.walks(scenario, id);
  }, 180_000);

  it.each(cases)(`${id}, use case %s: a message of each disposition lands where the preview said`, async (useCase) => {
    const people = scenario === "presets" ? peopleOf(customer) : [[`employee@${my.domainsOf(customer)[0] ?? ""}`, "everybody"] as const];
    await applies(customer, useCase, profile);
    const said = await preview(customer);
    for (const [to, whose] of people)
      for (const mail of MAIL) {
        const end = endOf(await my.sends(customer, { to, ...letterOf(mail) }));
        expect(said(mail, whose), `${mail} to ${to}`).toEqual([told(end, profile)]);
      }
  });
});
