/** A domain's MTA-STS policy, read as a sender reads it: announced by one TXT record, fetched without redirects under a valid certificate (RFC 8461). */
import { ok, type Result } from "@/lib/base/result";
import { type Getter, type Got, get } from "./get";
import { announcementFault, isAnnouncement, type Policy, readPolicy } from "./policy";

export type MtaSts = {
  readonly domain: string;
  readonly record: string | null;
  readonly policy: Policy | null;
  /** Why senders have no policy although one is announced, or what is odd about the one they have. */
  readonly problem: string | null;
};

type Served = Pick<MtaSts, "policy" | "problem">;

const PATH = "/.well-known/mta-sts.txt";

function served(host: string, got: Got): Served {
  if (got.kind !== "answered") return { policy: null, problem: got.say };
  if (got.status >= 300 && got.status < 400)
    return { policy: null, problem: `${host} redirects to another place, which senders do not follow.` };
  if (got.status !== 200) return { policy: null, problem: `${host} has no policy (it answers ${got.status}).` };
  const read = readPolicy(got.body);
  const isText = /^text\/plain\b/i.test(got.headers["content-type"] ?? "");
  return isText || read.policy === null
    ? read
    : { ...read, problem: `${host} does not serve the policy as text/plain, so some senders ignore it.` };
}

export async function askMtaSts(domain: string, getter: Getter): Promise<Result<MtaSts>> {
  const texts = await getter.lookups.textsOf(`_mta-sts.${domain}`);
  if (!texts.ok) return texts;
  const announced = texts.value.filter(isAnnouncement);
  const [record] = announced;
  if (record === undefined) return ok({ domain, record: null, policy: null, problem: null });
  const fault =
    announced.length > 1
      ? `There are ${announced.length} MTA-STS records where one belongs, so senders ignore them all.`
      : announcementFault(record);
  if (fault !== null) return ok({ domain, record, policy: null, problem: fault });
  const host = `mta-sts.${domain}`;
  const got = await get(getter, host, PATH);
  return got.ok ? ok({ domain, record, ...served(host, got.value) }) : got;
}
