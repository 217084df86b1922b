/** What is chosen for the switch of the mail records, here and in the steps before. */
import { z } from "zod";
import { access } from "./access";
import { domainList } from "./domain-name";
import { typedHosts } from "./mx-hosts";
import { ticked } from "./ticked";

const seconds = z.coerce.number().int().min(1);

export const mxSettings = z.object({
  access,
  domains: domainList.default([]),
  regions: ticked.default([]),
  dnsPerson: z.string().default(""),
  /** As entered for the TTL, in seconds. */
  lowest: z.record(z.string(), seconds).default({}),
  oldTtl: z.record(z.string(), seconds).default({}),
  /** Domains that somebody entered at the vendor by hand. */
  entered: ticked.default([]),
  /** One region for all records; "" takes the one chosen with the domains. */
  region: z.string().max(40).default(""),
  /** Hosts by domain, typed from the vendor's dashboard. */
  hosts: z.record(z.string(), typedHosts).default({}),
  /** Domains to move now; none ticked means all. */
  move: ticked.default([]),
  /** No way out on port 25: go on by word. */
  port25Word: ticked.default([]),
});
export type MxSettings = z.infer<typeof mxSettings>;

export const mxAtFirst: MxSettings = {
  access: "consent",
  domains: [],
  regions: [],
  dnsPerson: "",
  lowest: {},
  oldTtl: {},
  entered: [],
  region: "",
  hosts: {},
  move: [],
  port25Word: [],
};

/** The domains whose records are to be changed now. */
export const movingNow = ({ domains, move }: Pick<MxSettings, "domains" | "move">): readonly string[] => {
  const some = domains.filter((domain) => move.includes(domain));
  return some.length > 0 ? some : domains;
};
