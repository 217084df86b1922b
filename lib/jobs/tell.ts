/** The job that mails whoever asked to be told that a step has settled, that nobody looks any more, or that what went on by itself has stopped. */
import { z } from "zod";

export const TELL = "tell";
const payload = z.object({
  tenant: z.string(),
  step: z.string(),
  end: z.enum(["done", "expired", "stopped"]),
  /** Why it stopped. */
  say: z.string().optional(),
});
export type Tell = z.infer<typeof payload>;

export const tellJob = (order: Tell) => ({
  task: TELL,
  payload: order,
  jobKey: `${TELL}:${order.tenant}:${order.step}${order.end === "stopped" ? ":stopped" : ""}`,
  maxAttempts: 8,
});

export const tellHandler = (work: (order: Tell) => Promise<void>) => (raw: unknown) => work(payload.parse(raw));
