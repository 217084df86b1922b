/** The two places where mail is searched: their addresses and words. */
import type { MailPlace } from "@/lib/usecases/views/mail";

export const PLACES = {
  trace: {
    path: "mail",
    title: "Mail trace",
    say: (vendor: string) =>
      `What ${vendor} found in your mail; all of it, if you ask. Every search, view and download is written to the activity.`,
  },
  quarantine: {
    path: "quarantine",
    title: "Quarantine",
    say: (vendor: string) =>
      `What ${vendor} holds back and has not delivered. Every search, view, download and release is written to the activity.`,
  },
} as const;

export const pathOf = (tenant: string, place: MailPlace): string => `/t/${tenant}/${PLACES[place].path}`;
