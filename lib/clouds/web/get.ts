/** One HTTPS GET at a host that a customer's DNS names: resolved once, connected to by an address we may call, bounded in time and bytes. */
import type { Reach } from "@/lib/base/reach";
import { no, ok, type Result } from "@/lib/base/result";
import { type Agents, exchangeOnce, type Outcome } from "@/lib/base/wire";
import type { Lookups } from "@/lib/clouds/dns/resolver";

export type Getter = {
  readonly lookups: Lookups;
  readonly reach: Reach;
  readonly port: number;
  readonly agents: Agents;
  readonly timeoutMs: number;
};

/** What is certain about the host, good or bad; that we do not know is a problem. `say` is a sentence. */
export type Got =
  | { readonly kind: "answered"; readonly status: number; readonly headers: Readonly<Record<string, string>>; readonly body: string }
  | { readonly kind: "absent" | "private" | "untrusted" | "too-long"; readonly say: string };

/** RFC 8461 3.3 suggests 64 KB for a policy; a settings page of Domain Connect has one. */
const MOST_BYTES = 65_536;
const ADDRESSES_TRIED = 2;

/** Node's and OpenSSL's names for certificates that prove nothing. */
const UNTRUSTED = /CERT|UNABLE_TO_|SELF_SIGNED|INVALID_(CA|PURPOSE)|PATH_LENGTH|HOSTNAME_MISMATCH/;

function certificateSaid(host: string, why: string): string {
  if (why === "CERT_HAS_EXPIRED") return `The certificate of ${host} has expired.`;
  if (why === "ERR_TLS_CERT_ALTNAME_INVALID") return `The certificate of ${host} was issued for another name.`;
  return `The certificate of ${host} is not trusted (${why}).`;
}

/** Null: this address told us nothing, another may. */
function judged(host: string, outcome: Outcome): Result<Got> | null {
  if (outcome.kind === "too-long") return ok({ kind: "too-long", say: `${host} sends more than ${MOST_BYTES / 1_024} KB.` });
  if (outcome.kind !== "answered")
    return UNTRUSTED.test(outcome.why) ? ok({ kind: "untrusted", say: certificateSaid(host, outcome.why) }) : null;
  const { status, headers } = outcome;
  // Passing faults: what it says when it is well is not known.
  if (status >= 500 || status === 429 || status === 408)
    return no("unreachable", `${host} is not working properly at the moment (${status}).`, { fix: "Look again in a few minutes." });
  return ok({ kind: "answered", status, headers, body: outcome.body.toString("utf8") });
}

/** `path` begins with a slash. Redirects are handed over, not followed. */
export async function get({ lookups, reach, port, agents, timeoutMs }: Getter, host: string, path: string): Promise<Result<Got>> {
  const addresses = await lookups.addressesOf(host);
  if (!addresses.ok) return addresses;
  if (addresses.value.length === 0) return ok({ kind: "absent", say: `${host} has no address.` });
  const usable = addresses.value.filter(reach).slice(0, ADDRESSES_TRIED);
  if (usable.length === 0) return ok({ kind: "private", say: `The address of ${host} is private or our own, so we do not call it.` });
  const url = `https://${host}${port === 443 ? "" : `:${port}`}${path}`;
  let why = "";
  for (const address of usable) {
    const outcome = await exchangeOnce({
      method: "GET",
      url,
      address,
      agents,
      isFresh: true,
      timeoutMs,
      maxBytes: MOST_BYTES,
      headers: { "user-agent": "Cutover" },
    });
    const said = judged(host, outcome);
    if (said !== null) return said;
    why = "why" in outcome ? outcome.why : "";
  }
  return no("unreachable", `${host} did not answer.`, {
    fix: "Look again in a few minutes; if it stays, have the people who run that web server look.",
    evidence: { host, reason: why },
  });
}
