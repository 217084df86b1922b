import { expect, test } from "vitest";
import type { JournalReport } from "../journal/state";
import { newTenant } from "../scenarios/index";
import { makeWorld } from "../world";
import { portal } from "./index";
import { journalPortal } from "./journal";

function opened() {
  const tenant = newTenant("fresh");
  if (!tenant) throw new Error("fresh");
  const world = makeWorld({ tenants: [tenant], sharedZones: [] });
  let looks = 0;
  const sendDue = async () => {
    looks += 1;
  };
  const journal = journalPortal({ sendDue, close: async () => undefined });
  const visit = async (path: string) => {
    const request = { method: "GET", url: new URL(`/portal/${path}`, "http://127.0.0.1"), headers: {}, body: Buffer.from("") };
    return String(((await journal(request, world)) ?? (await portal(request, world)))?.body);
  };
  return { tenant, visit, looks: () => looks };
}

const report: JournalReport = {
  ...{ id: "1", at: 0, address: "fabrikam@journaling.mxrecord.io", host: "mailstream-east.mxrecord.io", messageId: "<1@outside.example>" },
  ...{ sender: "person@outside.example", recipients: ["a@fabrikam.example"], subject: "<b>Order</b>", disposition: "SPAM", domains: [] },
};

test("the Cloudflare page shows the service addresses and how much was processed", async () => {
  const { tenant, visit } = opened();
  tenant.cloudflare.processedJournal["fabrikam.example"] = 3;
  const text = await visit(tenant.id);
  expect(text).toContain("Support &#62; Service Addresses");
  for (const address of Object.values(tenant.cloudflare.serviceAddresses).flatMap((regions) => Object.values(regions)))
    expect(text).toContain(`<code>${address}</code>`);
  expect(text).toContain("fabrikam.example: 0 by MX, 3 journaled");
});

test("reports are shown host by host, after what was due has been sent", async () => {
  const { tenant, visit, looks } = opened();
  tenant.mail.journal = [report, { ...report, host: "mailstream-eu1.mxrecord.io", disposition: null }];
  const text = await visit(`${tenant.id}/journal`);
  expect(text).toContain("mailstream-east.mxrecord.io (1)");
  expect(text).toContain("mailstream-eu1.mxrecord.io (1)");
  expect(text).toContain("not scanned: it did not come in from outside");
  expect([text.includes("<b>"), looks()]).toEqual([false, 1]);
});
