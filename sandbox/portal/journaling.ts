/** Purview: Data lifecycle management > Exchange (legacy): the address for undeliverable reports, and journal rules. */
import { byHand } from "../exchange/by-hand";
import type { ExchangeObject, Tenant } from "../tenant";
import { button, choice, hidden, line, tick } from "./fields";
import { type Markup, markup } from "./markup";
import { action, type Section } from "./section";

export const undeliverableReports: Section = {
  id: "undeliverable-reports",
  title: "Undeliverable journal reports",
  show: (tenant) => {
    const address = String(tenant.exchange["TransportConfig"]?.[0]?.["JournalingReportNdrTo"] ?? "");
    return markup`<form method="post" action="${action(tenant, "undeliverable-reports")}">${line("JournalingReportNdrTo", "Send undeliverable journal reports to", address)}${button("Save address")}</form>`;
  },
  act: (tenant, world, sent) =>
    byHand(world, tenant, "Set-TransportConfig", { JournalingReportNdrTo: sent.get("JournalingReportNdrTo")?.trim() ?? "" }),
};

function form(tenant: Tenant, rule: ExchangeObject | undefined): Markup {
  return markup`<form method="post" action="${action(tenant, "journal-rule")}"><fieldset><legend>${rule?.Name ?? "Add a journal rule"}</legend>
${hidden("Identity", rule?.Guid ?? "")}
${line("Name", "Journal rule name", rule?.Name ?? "")}
${line("JournalEmailAddress", "Send journal reports to", String(rule?.["JournalEmailAddress"] ?? ""))}
${line("Recipient", "Journal messages sent or received from (empty: everyone)", String(rule?.["Recipient"] ?? ""))}
${choice("Scope", "Type of message to journal", String(rule?.["Scope"] ?? "External"), ["Global", "Internal", "External"])}
${tick("Enabled", "Turn it on", rule ? rule["Enabled"] === true : true)}
<div class="row">${button(rule ? "Save journal rule" : "Add journal rule")} ${rule ? button("Delete journal rule", "remove") : ""}</div></fieldset></form>`;
}

export const journalRules: Section = {
  id: "journal-rule",
  title: "Journal rules",
  show: (tenant) => {
    const rules = tenant.exchange["JournalRule"] ?? [];
    return markup`${rules.length === 0 ? markup`<p>There is no journal rule.</p>` : ""}${rules.map((rule) => form(tenant, rule))}${form(tenant, undefined)}`;
  },
  act: (tenant, world, sent) => {
    const Identity = sent.get("Identity") ?? "";
    const isOn = sent.has("Enabled");
    const settings = {
      Name: (sent.get("Name") ?? "").trim(),
      JournalEmailAddress: sent.get("JournalEmailAddress")?.trim() ?? "",
      Recipient: sent.get("Recipient")?.trim() || null,
      Scope: sent.get("Scope") ?? "External",
    };
    if (sent.get("do") === "remove") return byHand(world, tenant, "Remove-JournalRule", { Identity, Confirm: false });
    if (Identity === "") return byHand(world, tenant, "New-JournalRule", { ...settings, Enabled: isOn });
    // Set- knows no switch, as in the real service.
    return (
      byHand(world, tenant, "Set-JournalRule", { Identity, ...settings }) ??
      byHand(world, tenant, isOn ? "Enable-JournalRule" : "Disable-JournalRule", { Identity, Confirm: false })
    );
  },
};
