/** What Entra means when it gives no token, in words of ours. The AADSTS number decides, never the text. */
import { AuthError, ServerError } from "@azure/msal-node";
import type { Problem } from "@/lib/base/result";
import { aadsts } from "./authority";

type Meaning = Pick<Problem, "code" | "say" | "fix">;

const NO_CONSENT: Meaning = {
  code: "consent-missing",
  say: "Your organisation has not given this application access, or has taken it back.",
  fix: "Give consent in the connect step.",
};
const OWN_CREDENTIALS: Meaning = {
  code: "denied",
  say: "Microsoft refused the credentials of this Cutover server. Your organisation is not the cause.",
  fix: "Whoever runs this server has to renew its certificate or secret.",
};

/** learn.microsoft.com/entra/identity-platform/reference-error-codes */
const MEANINGS: Readonly<Record<string, Meaning>> = {
  "65001": NO_CONSENT,
  "700016": NO_CONSENT,
  "7000229": NO_CONSENT,
  "7000112": {
    code: "denied",
    say: "This application is turned off in your organisation.",
    fix: "Turn it on in the Microsoft Entra admin center, under Enterprise applications.",
  },
  "7000215": OWN_CREDENTIALS,
  "7000222": OWN_CREDENTIALS,
  "700027": OWN_CREDENTIALS,
  "90002": { code: "gone", say: "Microsoft knows no organisation with this id.", fix: "Check the tenant id." },
  "500011": {
    code: "rejected",
    say: "This service is not part of your organisation's subscription.",
    fix: "Check that the organisation has Exchange Online.",
  },
  "650052": {
    code: "rejected",
    say: "This service is not part of your organisation's subscription.",
    fix: "Check that the organisation has Exchange Online.",
  },
  "54005": { code: "rejected", say: "This sign-in was already used.", fix: "Sign in again." },
  "70008": { code: "rejected", say: "This sign-in took too long.", fix: "Sign in again." },
};

/** `lastFailure`: why there was no answer at all, which msal does not tell. */
export function refusalOf(error: unknown, lastFailure: Problem | null): Problem {
  if (lastFailure !== null) return lastFailure;
  if (!(error instanceof AuthError)) throw error;
  const number = aadsts(error.errorMessage) || (error instanceof ServerError ? (error.errorNo ?? "") : "");
  const evidence = { error: error.errorCode, ...(number === "" ? {} : { aadsts: number }), correlationId: error.correlationId };
  const meaning = MEANINGS[number];
  if (meaning !== undefined) return { ...meaning, evidence };
  const status = error instanceof ServerError ? (error.status ?? 0) : 0;
  if (status === 429 || status >= 500)
    return {
      code: "unreachable",
      say: "Microsoft's sign-in service is not working properly at the moment.",
      fix: "Try again in a few minutes.",
      evidence,
    };
  return {
    code: "denied",
    say: "Microsoft gave this application no access.",
    fix: "Look at the details, or send them to support.",
    evidence,
  };
}
