"use server";
/** What can be done with the Cloudflare token. The token goes in here and never comes out. */
import { z } from "zod";
import { tenantAction } from "@/app/action";

export const enterToken = tenantAction(z.object({ token: z.string(), account: z.string() }), async ({ uc, scope, input }) =>
  uc.cloudflare.enter(scope, input),
);
export const chooseAccount = tenantAction(z.object({ chosen: z.string().default("") }), async ({ uc, scope, input }) =>
  uc.cloudflare.choose(scope, input.chosen),
);
export const verifyToken = tenantAction(z.object({}), async ({ uc, scope }) => uc.cloudflare.verify(scope));
export const removeToken = tenantAction(z.object({}), async ({ uc, scope }) => uc.cloudflare.remove(scope));
