/** The job that carries out an order about mail: begun when a person agrees, again after a wait, and again after a crash. */
import { z } from "zod";

export const MAIL_ORDER = "mail-order";
const payload = z.object({ tenant: z.string(), order: z.string() });
export type MailOrderJob = z.infer<typeof payload>;

export const mailOrderJob = (tenant: string, order: string) => ({
  task: MAIL_ORDER,
  payload: { tenant, order },
  jobKey: `${MAIL_ORDER}:${order}`,
  maxAttempts: 5,
});

export const mailOrderHandler = (work: (order: MailOrderJob) => Promise<void>) => (raw: unknown) => work(payload.parse(raw));
