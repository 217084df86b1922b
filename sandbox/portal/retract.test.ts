import { expect, test } from "vitest";
import { vendorRegistrations } from "../entra/registrations";
import { authorizeVendor } from "../entra/vendor-grants";
import { newTenant } from "../scenarios/index";
import { makeWorld } from "../world";
import { portal } from "./index";
import { retractPortal } from "./retract";

function opened(scenario = "retraction") {
  const tenant = newTenant(scenario);
  if (!tenant) throw new Error(scenario);
  const world = makeWorld({ tenants: [tenant], sharedZones: [] });
  const visit = async (path: string, form?: Record<string, string>) => {
    const url = new URL(`/portal/${tenant.id}${path}`, "http://127.0.0.1");
    const request = { method: form ? "POST" : "GET", url, headers: {}, body: Buffer.from(new URLSearchParams(form ?? {}).toString()) };
    const answer = (await retractPortal(request, world)) ?? (await portal(request, world));
    return { status: answer?.status, to: answer?.headers["location"], text: String(answer?.body) };
  };
  return { tenant, world, visit };
}

const rows = { MALICIOUS: "No Action", SUSPICIOUS: "No Action", SPOOF: "No Action", SPAM: "No Action", BULK: "No Action" };
const soft = "Soft Delete — user recoverable (Microsoft only)";

test("Authorize leads to Microsoft with the dashboard's own application, and back", async () => {
  const { tenant, visit } = opened();
  const { text } = await visit("/retract");
  const [, link = ""] = /href="([^"]+adminconsent[^"]+)"/.exec(text) ?? [];
  const url = new URL(link.replaceAll("&#38;", "&"), "http://127.0.0.1");
  expect(url.pathname).toBe(`/${tenant.id}/adminconsent`);
  expect(url.searchParams.get("client_id")).toBe(vendorRegistrations.area1.clientId);
  expect(url.searchParams.get("redirect_uri")).toBe(`http://127.0.0.1/portal/${tenant.id}/retract?product=area1`);
  expect((await visit("/retract?product=cloudflare")).text).toContain(vendorRegistrations.cloudflare.clientId);
});

test("the dashboard says what came of it, and believes Entra rather than the address", async () => {
  const { tenant, world, visit } = opened();
  const back = `/retract?product=area1&tenant=${tenant.id}&admin_consent=True`;
  expect((await visit(back)).text).toContain("You authorized another organisation");
  expect((await visit("/retract?error=access_denied&error_description=AADSTS90094%3A+%3Cb%3E")).text).toMatch(
    /role="alert">.*AADSTS90094: &#60;b&#62;/,
  );
  authorizeVendor(tenant, "area1", world.clock.now());
  const { text } = await visit(back);
  expect(text).toContain("Authorization completed successfully.");
  expect(text).toContain("Area 1 Security Synchronator is authorized");
});

test("the table is saved in the vendor's words: of two choices that end in one folder, the one that was made is shown again", async () => {
  const { tenant, visit } = opened();
  const saved = await visit("/retract?product=area1", { ...rows, on: "on", MALICIOUS: soft, SPAM: "Trash", BULK: "Junk Email" });
  expect([saved.status, saved.to]).toEqual([303, `/portal/${tenant.id}/retract?product=area1&saved=1`]);
  const { table, on } = tenant.cloudflare.autoRetract;
  expect([on, table]).toEqual([
    true,
    { MALICIOUS: "DeletedItems", SUSPICIOUS: null, SPOOF: null, SPAM: "DeletedItems", BULK: "JunkEmail" },
  ]);
  const { text } = await visit("/retract?product=area1");
  const shown = [...text.matchAll(/<select name="(\w+)">.*?<option selected>([^<]+)<\/option>/gs)].map(([, row, choice]) => [row, choice]);
  expect(Object.fromEntries(shown)).toEqual({ ...rows, MALICIOUS: soft, SPAM: "Trash", BULK: "Junk Email" });
});

test("soft delete of the newer product is another folder", async () => {
  const { tenant, visit } = opened();
  await visit("/retract?product=cloudflare", { MALICIOUS: "Soft delete - user recoverable", SPAM: "Hard delete - admin recoverable" });
  expect(tenant.cloudflare.autoRetract.table).toMatchObject({ MALICIOUS: "RecoverableItemsDeletions", SPAM: "RecoverableItemsPurges" });
  expect(tenant.cloudflare.autoRetract.on).toBe(false);
});

test("without the menu there is nothing to set until the vendor's support enables it", async () => {
  const { tenant, visit } = opened();
  tenant.cloudflare.hasRetract = false;
  const { text } = await visit("/retract");
  expect(text).toContain("This account has no Retract settings.");
  expect(text).not.toContain("adminconsent");
  await visit("/retract", { do: "enable" });
  expect((await visit("/retract")).text).toContain("adminconsent");
});

test("Entra shows the vendor's application with owner and permissions beside its look-alike, and revokes, disables and deletes it", async () => {
  const { tenant, visit } = opened("two-apps");
  const { text } = await visit("");
  expect(text.match(/<h3>Area 1 Security Synchronator<\/h3>/g)).toHaveLength(2);
  expect(text).toContain(vendorRegistrations.area1.ownerId);
  await visit("/vendor-application", { do: "disable" });
  expect(tenant.vendorApplication?.disabled).toBe(true);
  await visit("/vendor-application", { do: "revoke" });
  expect(tenant.vendorApplication?.roles).toEqual([]);
  await visit("/vendor-application", { do: "delete" });
  expect(tenant.vendorApplication).toBeNull();
  expect(tenant.otherApplications).toHaveLength(1);
  expect((await visit("/vendor-application", { do: "delete" })).status).toBe(400);
});
