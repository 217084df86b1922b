"use server";
/** What can be done with test messages: send two, look for them again, read the headers of one. */
import { z } from "zod";
import { tenantAction } from "@/app/action";

export const sendProof = tenantAction(z.object({ _to: z.string() }), async ({ uc, scope, visitor, input }) =>
  uc.mailProof.send(scope, visitor, input._to),
);
export const lookForProof = tenantAction(z.object({ _proof: z.string() }), async ({ uc, scope, input }) =>
  uc.mailProof.look(scope, input._proof),
);
export const pasteHeaders = tenantAction(z.object({ _proof: z.string(), headers: z.string() }), async ({ uc, scope, input }) =>
  uc.mailProof.paste(scope, input._proof, input.headers),
);
