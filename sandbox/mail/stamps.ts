/** What Microsoft writes into a message's header on the way in: the evidence that an administrator pastes when asked whether it works. */
import type { Origin } from "./enhanced-filtering";
import { domainOf, type Header } from "./headers";
import type { Session } from "./message";
import type { SpfResult } from "./spf";
import type { Verdict } from "./verdict";

export type Stamp = {
  session: Session;
  origin: Origin;
  spf: SpfResult;
  spfDomain: string;
  from: string;
  verdict: Verdict;
  ipv: "CAL" | "NLI";
  traceId: string;
  at: number;
};

const server = "BN8NAM12FT001.eop-nam12.prod.protection.outlook.com";

/** RFC 5322's date, always UTC. */
export const mailDate = (at: number) => new Date(at).toUTCString().replace("GMT", "+0000");

export function stamps(stamp: Stamp): Header[] {
  const { session, origin, verdict, ipv, traceId, at } = stamp;
  const protocol = session.isTls
    ? "with Microsoft SMTP Server (version=TLS1_3, cipher=TLS_AES_256_GCM_SHA384)"
    : "with Microsoft SMTP Server";
  const report = `CIP:${origin.ip};CTRY:;LANG:en;SCL:${verdict.scl};SRV:;IPV:${ipv};SFV:${verdict.sfv};H:${origin.helo};PTR:;CAT:${verdict.category};DIR:INB;`;
  return [
    { name: "Return-Path", value: session.mailFrom === "" ? "<>" : session.mailFrom },
    { name: "Received", value: `from ${session.helo} ([${session.clientIp}]) by ${server} ${protocol} id 15.20.8000.1; ${mailDate(at)}` },
    ...authentication(stamp),
    { name: "X-MS-Exchange-Organization-Network-Message-Id", value: traceId },
    { name: "X-MS-Exchange-Organization-SCL", value: String(verdict.scl) },
    { name: "X-Forefront-Antispam-Report", value: report },
    ...(verdict.why === "SPF hard fail." ? [{ name: "X-CustomSpam", value: "SPF Record Fail" }] : []),
    ...(origin.skipped ? skipped(origin) : []),
  ];
}

const skipped = ({ ip, helo }: Origin): Header[] =>
  ["X-MS-Exchange-SkipListedInternetSender", "X-MS-Exchange-ExternalOriginalInternetSender"].map((name) => ({
    name,
    value: `ip=[${ip}];domain=${helo}`,
  }));

function authentication({ origin, spf, spfDomain, from }: Stamp): Header[] {
  const header = domainOf(from);
  const isAligned = spf === "pass" && (spfDomain === header || spfDomain.endsWith(`.${header}`));
  const value = `spf=${spf} (sender IP is ${origin.ip}) smtp.mailfrom=${spfDomain}; dkim=none (message not signed) header.d=none;dmarc=${isAligned ? "pass" : "none"} action=none header.from=${header};`;
  return [
    { name: "Authentication-Results", value },
    {
      name: "Received-SPF",
      value: `${spf[0]?.toUpperCase()}${spf.slice(1)} (protection.outlook.com: domain of ${spfDomain}: client-ip=${origin.ip})`,
    },
  ];
}
