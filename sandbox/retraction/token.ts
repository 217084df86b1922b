/** The vendor's token in a tenant: asked of Entra's stand-in with the application's own secret, kept until it ends. */
import { z } from "zod";
import { entra } from "../entra/index";
import { graphResource } from "../entra/permissions";
import { registrations } from "../entra/registrations";
import type { Tenant } from "../tenant";
import type { World } from "../world";
import { internal, origin } from "./internal";

const answer = z.object({ access_token: z.string(), expires_in: z.number() });

type Kept = { token: string; grant: string; from: number; until: number };
const tokens = new WeakMap<World, Map<string, Kept>>();

/**
 * Null where Entra gives none. A real token works on for an hour after its permissions were taken away; here one is asked for anew after every change
 * of the grant, so that a revocation shows at the next move.
 */
export async function vendorTokenFor(world: World, tenant: Tenant): Promise<string | null> {
  const application = tenant.vendorApplication;
  const registration = registrations.find(({ clientId }) => clientId === application?.appId);
  if (!application || !registration) return null;
  const kept = tokens.get(world) ?? new Map<string, Kept>();
  tokens.set(world, kept);
  const grant = JSON.stringify(application);
  const now = world.clock.now();
  const known = kept.get(tenant.id);
  if (known?.grant === grant && known.from <= now && now < known.until) return known.token;
  const { clientId, secret } = registration;
  const form = { grant_type: "client_credentials", client_id: clientId, client_secret: secret, scope: `${graphResource.uri}/.default` };
  const url = new URL(`${origin}/${tenant.id}/oauth2/v2.0/token`);
  const response = await internal(entra, world, { method: "POST", url, headers: {}, body: new URLSearchParams(form).toString() });
  const given = answer.safeParse(response.body);
  if (!given.success) return null;
  const lifeMs = (given.data.expires_in - 60) * 1_000;
  kept.set(tenant.id, { token: given.data.access_token, grant, from: now, until: now + lifeMs });
  return given.data.access_token;
}
