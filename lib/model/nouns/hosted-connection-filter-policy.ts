/** Connection filter policy: whose servers skip spam filtering. Microsoft takes single IPv4 addresses and /24 to /32, 1,273 entries. */
import { z } from "zod";
import { EXCHANGE, EXCHANGE_SHOWN_MS, EXCHANGE_WORKS_MS, noun } from "../noun";
import { head, list } from "../spelling";

export const hostedConnectionFilterPolicyNoun = noun({
  title: "Connection filter policy",
  asked: { cloud: "exchange", cmdlet: "Get-HostedConnectionFilterPolicy", parameters: {}, select: ["Guid", "Name", "IPAllowList"] },
  permission: EXCHANGE,
  place: "Microsoft Defender > Email & collaboration > Policies & rules > Threat policies > Anti-spam > Connection filter policy (Default)",
  link: "https://security.microsoft.com/antispam",
  labels: { IPAllowList: "Always allow messages from the following IP addresses or address range" },
  shownMs: EXCHANGE_SHOWN_MS,
  worksMs: EXCHANGE_WORKS_MS,
  shape: z.object({ ...head, IPAllowList: list }),
});
