/** Mail servers of a vendor on loopback, each good or wrong in one way, found through DNS, and our SMTP probe that calls them. */

import { quietLog } from "@/lib/base/log";
import { createSmtp, type Smtp, type SmtpDeps } from "@/lib/clouds/smtp/smtp";
import { everLater } from "@/lib/clouds/testing";
import { type Authority, createAuthority, selfSigned } from "./certificates";
import { NS1, startInternet } from "./internet";
import { freePort, temporaryFolder } from "./places";
import { type MailHost, type Postfix, startPostfix } from "./postfix";

/** The domain whose mail they take. */
export const DOMAIN = "contoso.example";
export const hostName = (label: string) => `${label}.vendor.example`;

export type Mail = {
  readonly addressOf: (label: string) => string | undefined;
  readonly logOf: Postfix["logOf"];
  readonly probe: (more?: Partial<SmtpDeps>) => Smtp;
  readonly stop: () => Promise<void>;
};

/** Nobody listens here. */
const NOBODY = "127.0.3.99";
/** Said at once, not only when a recipient was named. */
const atOnce = { smtpd_delay_reject: "no" };
const saysToRecipients = (words: string) => ({ smtpd_recipient_restrictions: `check_recipient_access static:{${words}}` });

async function allHosts(authority: Authority): Promise<readonly MailHost[]> {
  const stranger = await createAuthority("Stranger");
  const good = async (name: string, settings: Readonly<Record<string, string>> = {}) => ({
    name,
    certificate: await authority.issue(hostName(name)),
    settings,
  });
  const hosts = [
    await good("good"),
    { ...(await good("patient")), isPatient: true },
    await good("strict", { smtpd_tls_security_level: "encrypt" }),
    await good("ancient", { smtpd_tls_protocols: "TLSv1", smtpd_tls_mandatory_protocols: "TLSv1" }),
    { name: "plain" },
    { name: "misnamed", certificate: await authority.issue("shared.hosting.example") },
    { name: "expired", certificate: await authority.issue(hostName("expired"), { days: -1 }) },
    { name: "selfsigned", certificate: await selfSigned(hostName("selfsigned")) },
    { name: "stranger", certificate: await stranger.issue(hostName("stranger")) },
    { name: "halfchain", certificate: await authority.issue(hostName("halfchain"), { alone: true }) },
    await good("locked", saysToRecipients("550 5.7.51 TenantInboundAttribution; There is a partner connector configured")),
    await good("unknown", saysToRecipients("550 5.1.1 User unknown")),
    await good("grey", saysToRecipients("450 4.7.1 Greylisted, come back later")),
    await good("nosender", { ...atOnce, smtpd_sender_restrictions: "reject" }),
    await good("closed", { ...atOnce, smtpd_client_restrictions: "reject" }),
    await good("later", { ...atOnce, smtpd_client_restrictions: "defer" }),
  ];
  return hosts.map((host, index) => ({ ...host, address: `127.0.3.${100 + index}` }));
}

const recordsOf = (hosts: readonly MailHost[]) => [
  ...hosts.map(({ name, address }) => `${name} A ${address}`),
  `nobody A ${NOBODY}`,
  "private A 10.1.2.3",
  "alias CNAME good",
];

export async function startMail(): Promise<Mail> {
  const folder = temporaryFolder();
  const authority = await createAuthority("Real test");
  const hosts = await allHosts(authority);
  const port = await freePort([NOBODY, ...hosts.map((host) => host.address)]);
  const nameServers = ["ns1.dns.example"];
  const ns1 = { example: { nameServers, records: [`ns1.dns A ${NS1}`] }, "vendor.example": { nameServers, records: recordsOf(hosts) } };
  const postfix = await startPostfix(folder.path, port, [DOMAIN], hosts).catch((error: unknown) => {
    folder.remove();
    throw error;
  });
  const stopPostfix = async () => {
    await postfix.stop();
    folder.remove();
  };
  const net = await startInternet({ ns1, ns2: {} }).catch(async (error: unknown) => {
    await stopPostfix();
    throw error;
  });
  return {
    addressOf: (label) => hosts.find((host) => host.name === label)?.address,
    logOf: postfix.logOf,
    probe: (more = {}) =>
      createSmtp({
        log: quietLog,
        clock: everLater(),
        addressesOf: net.dns().lookups.addressesOf,
        port,
        reach: net.reach,
        extraCa: authority.pem,
        reference: hostName("good"),
        name: "probe.example",
        ...more,
      }),
    stop: async () => {
      await Promise.all([stopPostfix(), net.stop()]);
    },
  };
}
