/** What the guide says about shortening the TTL. */
import type { Profile } from "@/lib/profiles/profile";
import type { Texts } from "./shape";
import { span } from "./spans";

export const mxTtlTexts = ({ lowTtl, vendor }: Profile): Texts => ({
  title: "Shorten how long your mail records are remembered",
  hint: "So that the switch, and going back, take effect quickly",
  why: [
    "Servers all over the world remember your mail records (MX) for the time that their TTL says.",
    `While they do, mail still goes the old way after the switch to ${vendor}, and goes wrong just as long if you have to switch back.`,
    "A shorter TTL helps only when the old, longer one has run out, so shorten it days before you switch.",
  ],
  should: `The MX records of every chosen domain have a TTL of ${lowTtl.value} seconds (${span(lowTtl.value)}) or less, and the old TTL has run out. In a Cloudflare zone, Auto is right.`,
  role: "Access to your DNS host: perhaps another team's, or your web host's. In a Cloudflare zone of yours Cutover can do it, with an API token",
  takes: "As long as the old TTL was, from the moment all name servers have the new one: often an hour, at times a day.",
  undo: "The TTL goes back to what it was. Do that, too, when the switch is done and has held for some days: then nothing needs a short TTL any more.",
  fails: [
    {
      when: "Your DNS host does not take 300 seconds",
      remedy: "Set the lowest it takes, and enter that above. Later waits reckon with the TTL that is really set.",
    },
    {
      when: "DNS is looked after by another team or a company",
      remedy: "Send them this page's address, or the domain and the TTL to set. Cutover sees it done by itself.",
    },
    {
      when: "The name servers disagree",
      remedy: "Your DNS host has not told all its servers. Wait a quarter of an hour; if it stays, ask the host.",
    },
    {
      when: "Your own lookup shows another number",
      remedy: "A plain lookup asks a resolver, which shows the time it has left. Ask the domain's own name server, as below.",
    },
  ],
  byHand: [
    { say: "Sign in at your DNS host and open the DNS records of the domain. The table above names the host and its own help page." },
    { say: "Open each record of type MX and set its TTL. All MX records of a domain need the same one.", copy: [String(lowTtl.value)] },
    { say: "In a Cloudflare zone leave the TTL at Auto: it is served as 300 seconds." },
    { say: "Save. Change nothing else about the records yet." },
    {
      say: "Look for yourself, with your domain and one of its name servers. A plain “dig mx” misleads: it asks a resolver, which shows the seconds it has left and not what is configured.",
      copy: [
        "dig +norecurse MX contoso.com @ns1.your-dns-host.example",
        "Resolve-DnsName -Name contoso.com -Type MX -Server ns1.your-dns-host.example",
      ],
    },
    { say: "Come back here and choose “Check again”." },
  ],
  links: [
    {
      title: "Cloudflare: MX deployment prerequisites",
      href: "https://developers.cloudflare.com/cloudflare-one/email-security/setup/pre-delivery-deployment/mx-inline-deployment/",
    },
    {
      title: "Microsoft: DNS records at any DNS hosting provider",
      href: "https://learn.microsoft.com/microsoft-365/admin/get-help-with-domains/create-dns-records-at-any-dns-hosting-provider",
    },
  ],
});
