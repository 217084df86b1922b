/** Exchange's organisation: customization, and everything else of Exchange to look at. */
import { byHand } from "../exchange/by-hand";
import { button } from "./fields";
import { markup } from "./markup";
import { action, type Section } from "./section";

export const customization: Section = {
  id: "organization-customization",
  title: "Organization customization",
  show: (tenant) => {
    const raw = tenant.exchange["OrganizationConfig"]?.[0]?.["IsDehydrated"] === true;
    const since = tenant.customizedAt === null ? "" : ` Enabled at ${new Date(tenant.customizedAt).toISOString()}.`;
    return markup`<p>IsDehydrated: <strong>${raw ? "True" : "False"}</strong>.${since}</p>
<form method="post" action="${action(tenant, "organization-customization")}">${button("Enable organization customization")}</form>`;
  },
  act: (tenant, world) => byHand(world, tenant, "Enable-OrganizationCustomization", {}),
};

const shownAbove = new Set(["InboundConnector", "OutboundConnector", "JournalRule", "HostedConnectionFilterPolicy"]);

export const everythingElse: Section = {
  id: "exchange",
  title: "Everything else in Exchange",
  show: (tenant) =>
    markup`${Object.entries(tenant.exchange)
      .filter(([kind]) => !shownAbove.has(kind))
      .map(
        ([kind, objects]) =>
          markup`<details><summary>${kind} (${objects.length})</summary><pre tabindex="0">${JSON.stringify(objects, null, 2)}</pre></details>`,
      )}`,
};
