/** How to make the token at Cloudflare, screen by screen, with the dashboard's own labels. */
import { ByHand } from "@/components/by-hand";

const STEPS = [
  {
    say: "Sign in to https://dash.cloudflare.com as somebody who may manage Email Security, and open My Profile > API Tokens > Create Token.",
  },
  { say: "Under Custom token choose Get started, and give it a name that says what it is for.", copy: ["Cutover"] },
  {
    say: "Add three permissions. Edit contains Read.\nAccount · Cloud Email Security · Edit\nZone · DNS · Edit\nZone · Zone · Read\nLeave the two of Zone out if Cloudflare does not host your DNS.",
  },
  {
    say: "Account Resources: include only the account that has Email Security. Zone Resources: include only the zones of the domains that you set up here.",
  },
  {
    say: "TTL: an end a few weeks after you mean to be done is fine. Then Continue to summary > Create Token, and copy the token: it is shown once.",
  },
] as const;

export function HowTo() {
  return <ByHand steps={STEPS} />;
}
