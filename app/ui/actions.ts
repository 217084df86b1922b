"use server";
/** The gallery's forms: every answer a form can get. */
import type { FormAnswer } from "@/components/action-form";

export async function refuse(): Promise<FormAnswer> {
  return {
    ok: false,
    problem: { code: "rejected", say: "Some answers need another look. Nothing was saved.", fix: "Correct the fields named below." },
    fields: { domain: "Enter a domain such as contoso.com", regions: "Choose at least one region" },
  };
}

export async function endSession(): Promise<FormAnswer> {
  return {
    ok: false,
    problem: { code: "denied", say: "Your session has ended. Nothing was changed." },
    signInHref: "/auth/sign-in?returnTo=%2Fsigned-in",
  };
}

export async function accept(): Promise<FormAnswer> {
  return { ok: true, say: "Saved." };
}
