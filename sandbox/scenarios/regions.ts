/** People in two regions by usage location, and everything that has an address without being a person. */
import { baseTenant } from "./base";
import { contact, eu, list, person, us } from "./directory";
import { ordinaryHost } from "./dns-hosts";
import type { Scenario, Seed } from "./scenario";

export const regions: Scenario = {
  name: "regions",
  about: "People in the EU and in the US by usage location, with shared mailboxes, a room, a guest, contacts and groups.",
  seed: { id: "11111111-0000-4000-8000-000000000019", name: "Relecloud", slug: "relecloud" },
  build: (seed) => {
    const tenant = baseTenant(seed, { scenario: "regions", dnsHost: ordinaryHost, ttl: 3600 });
    const at = (part: string) => `${part}@${seed.slug}.example`;
    tenant.users.push(...people(seed, tenant.initialDomain));
    tenant.contacts = [contact(seed, "Tax adviser", "office@tax-adviser.example")];
    tenant.groups = [
      list(seed, "Sales", at("sales"), [at("berlin.sales"), at("austin.sales")]),
      list(seed, "Project Atlas", at("atlas"), [at("paris.finance"), at("austin.support")], { type: "GroupMailbox" }),
      list(seed, "Everybody in Berlin", at("everybody.berlin"), [at("berlin.sales"), at("berlin.support")], {
        type: "DynamicDistributionGroup",
      }),
    ];
    return tenant;
  },
};

const people = (seed: Seed, initialDomain: string) => [
  person(seed, "berlin.sales", "Berlin sales", eu),
  person(seed, "berlin.support", "Berlin support", eu),
  person(seed, "paris.finance", "Paris finance", { usageLocation: "FR", office: "Paris" }),
  person(seed, "london.office", "London office", { usageLocation: "GB", office: "London" }),
  person(seed, "austin.sales", "Austin sales", us),
  person(seed, "austin.support", "Austin support", us),
  person(seed, "info", "information desk", { ...eu, type: "SharedMailbox" }),
  person(seed, "berlin.room", "Berlin meeting room", { ...eu, type: "RoomMailbox" }),
  person(seed, "guest", "partner's guest", {
    upn: `guest_partner.example#EXT#@${initialDomain}`,
    mail: `${seed.slug}@partner.example`,
    type: "GuestMailUser",
  }),
];
