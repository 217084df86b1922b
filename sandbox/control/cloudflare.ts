/** The Cloudflare side of a tenant: what is in the account, and tokens that may less than everything. */
import { z } from "zod";
import { nextToken, ownZones } from "../cloudflare/account";
import { shownDomain } from "../cloudflare/secured-domain";
import { shownVerification, verify } from "../cloudflare/verification";
import { shownZone } from "../cloudflare/zones";
import { json } from "../http";
import type { Tenant } from "../tenant";
import { findTenant, type World } from "../world";
import type { Control } from "./control";
import { noTenant, read } from "./read";

const permission = z.enum(["Email Security Read", "Email Security Write", "Zone Read", "DNS Read", "DNS Write"]);
const newToken = z.strictObject({ tenant: z.string(), permissions: z.array(permission) });
const oldToken = z.strictObject({ tenant: z.string(), id: z.string() });

function accountOf(world: World, tenant: Tenant) {
  const { accountId, tokens, domains, zonesElsewhere, serviceAddresses, processedJournal, traits, ...rest } = tenant.cloudflare;
  const { moves, actions, jobs, autoRetract, hasRetract } = rest;
  const shown = domains.map((secured) => {
    verify(world, secured);
    return { ...shownDomain(world, tenant, secured), verification: shownVerification(secured, traits.speaksOld) };
  });
  const zones = ownZones(tenant).map((zone) => shownZone(tenant, zone));
  const settings = { accountId, domains: shown, zones, tokens, zonesElsewhere, serviceAddresses, processedJournal, traits };
  return { ...settings, moves, actions, jobs, autoRetract, hasRetract };
}

/** GET `?tenant=`, the record of moves included; POST and DELETE `/tokens`. */
export const cloudflare: Control = (request, world, rest) => {
  if (request.method === "GET" && rest === "") {
    const tenant = findTenant(world, request.url.searchParams.get("tenant") ?? "");
    return tenant ? json(200, accountOf(world, tenant)) : noTenant();
  }
  if (rest !== "tokens") return null;
  if (request.method === "POST") {
    const asked = read(request, newToken);
    if (!asked.ok) return asked.response;
    const account = findTenant(world, asked.value.tenant)?.cloudflare;
    if (!account) return noTenant();
    const token = nextToken(account, asked.value.permissions);
    account.tokens = [...account.tokens, token];
    world.save();
    return json(201, token);
  }
  const asked = read(request, oldToken);
  if (!asked.ok) return asked.response;
  const account = findTenant(world, asked.value.tenant)?.cloudflare;
  if (!account) return noTenant();
  account.tokens = account.tokens.filter((token) => token.id !== asked.value.id);
  world.save();
  return json(200, { tokens: account.tokens });
};
