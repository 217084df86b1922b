import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { openWorld } from "../persist";
import { serviceAddressesOf } from "./service-addresses";

test("a state that was kept before there was journaling has all that journaling needs", () => {
  const folder = mkdtempSync(join(tmpdir(), "sandbox-journal-"));
  openWorld(folder).flush();
  const file = join(folder, "sandbox.json");
  const kept = JSON.parse(readFileSync(file, "utf8"));
  for (const { mail, cloudflare } of kept.tenants) {
    for (const later of ["journal", "journalQueue", "journalNdr", "gateway"]) delete mail[later];
    for (const later of ["serviceAddresses", "processedJournal"]) delete cloudflare[later];
    delete cloudflare.traits.searchMs;
    cloudflare.traits.edgeLagMs = 7;
  }
  type KeptZone = { name: string; records: { name: string }[] };
  kept.sharedZones = kept.sharedZones.filter((zone: KeptZone) => zone.name !== "cf-emailsecurity.com");
  for (const zone of kept.sharedZones)
    zone.records = zone.records.filter((record: { name: string }) => !record.name.includes("journaling"));
  const own = { ...kept.sharedZones[0], name: "added.example", records: [] };
  kept.sharedZones.push(own);
  writeFileSync(file, JSON.stringify(kept));
  const { world } = openWorld(folder);
  rmSync(folder, { recursive: true });
  const [tenant] = world.tenants.values();
  expect(tenant?.mail).toMatchObject({ journal: [], journalQueue: [], journalNdr: [], gateway: { relays: false, took: [] } });
  expect(tenant?.cloudflare).toMatchObject({
    serviceAddresses: serviceAddressesOf(tenant?.seed.slug ?? "", tenant?.cloudflare.accountId ?? ""),
    processedJournal: {},
    traits: { searchMs: 0, edgeLagMs: 7 },
  });
  const names = world.sharedZones.flatMap((zone) => [zone.name, ...zone.records.map((record) => record.name)]);
  for (const name of ["journaling.mxrecord.io", "cf-emailsecurity.com", "added.example"]) expect(names).toContain(name);
});
