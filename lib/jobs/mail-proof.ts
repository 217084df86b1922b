/** The job that sends two test messages and then looks what became of them: begun when a person agrees, again while something is still to be seen. */
import { z } from "zod";

export const MAIL_PROOF = "mail-proof";
const payload = z.object({ tenant: z.string(), proof: z.string() });
export type MailProofOrder = z.infer<typeof payload>;

export const mailProofJob = (tenant: string, proof: string) => ({
  task: MAIL_PROOF,
  payload: { tenant, proof },
  jobKey: `${MAIL_PROOF}:${proof}`,
  maxAttempts: 5,
});

export const mailProofHandler = (work: (order: MailProofOrder) => Promise<void>) => (raw: unknown) => work(payload.parse(raw));
