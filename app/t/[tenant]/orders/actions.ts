"use server";
/** What can be done with an order about mail. Each only names its fields and its use case. */
import { z } from "zod";
import { tenantAction } from "@/app/action";

const order = z.object({ _order: z.string() });
/** A box that is not ticked says nothing, or "". */
const agreement = order.extend({ reason: z.string().default(""), sure: z.string().default("") });

export const agree = tenantAction(agreement, async ({ uc, scope, visitor, input: { _order, reason, sure } }) =>
  uc.orders.agree(scope, visitor, _order, { reason, isSure: sure === "yes" }),
);
export const cancel = tenantAction(order, async ({ uc, scope, input }) => uc.orders.cancel(scope, input._order));
export const retry = tenantAction(order, async ({ uc, scope, visitor, input }) => uc.orders.retry(scope, visitor, input._order));
export const putBack = tenantAction(order, async ({ uc, scope, visitor, input }) => uc.orders.putBack(scope, visitor, input._order));
