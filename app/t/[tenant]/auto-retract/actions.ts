"use server";
/** Turning auto-retract on and off. Each only names its fields and its use case. */
import { z } from "zod";
import { tenantAction } from "@/app/action";

export const turnOn = tenantAction(z.object({ _word: z.string(), sure: z.string().default("") }), async ({ uc, scope, visitor, input }) =>
  uc.autoRetract.turnOn(scope, visitor, { isSure: input.sure === "yes", word: input._word }),
);
export const turnOff = tenantAction(z.object({}), async ({ uc, scope }) => uc.autoRetract.turnOff(scope));
