/** MTA-STS: a policy that names only the old hosts makes senders refuse the new ones. Source: RFC 8461. */
import type { Result } from "@/lib/base/result";
import { type Check, fail, pass, unknown, warn } from "@/lib/model/check";
import type { Row } from "@/lib/model/nouns";
import { hostIn } from "./mx-rows";
import { listed, span } from "./spans";

/** A star stands for exactly one label on the left (RFC 8461 4.1). */
function isNamed(host: string, patterns: readonly string[]): boolean {
  const rest = host.slice(host.indexOf(".") + 1);
  return patterns.some((pattern) => {
    const plain = pattern.toLowerCase().replace(/\.$/, "");
    return plain === host || (plain.startsWith("*.") && plain.slice(2) === rest);
  });
}

/** @param target "10 host" for every record that the domain should have. */
export function mtaStsCheck(
  domain: string,
  seen: Result<readonly Row<"mtaSts">[]> | undefined,
  target: readonly string[],
): readonly Check[] {
  const id = `mta-sts/${domain}`;
  const about = `MTA-STS of ${domain}`;
  if (!seen?.ok) return [unknown(id, seen?.problem ?? { code: "not-asked", say: "Its policy has not been read yet." }, { about })];
  const [row] = seen.value;
  if (!row || (row.record === null && row.policy === null)) return [];
  const { policy } = row;
  if (policy === null)
    return [
      warn(
        id,
        `It has an MTA-STS record, and its policy can't be read${row.problem ? `: ${row.problem}` : "."}`,
        "Put the policy file right, or take the record away. Senders that have an older policy in memory still go by that.",
        { about },
      ),
    ];
  const strange = target.map(hostIn).filter((host) => !isNamed(host, policy.mx));
  if (policy.mode === "none" || strange.length === 0) return [pass(id, "Its policy allows the new hosts.", { about })];
  const saw = `Its policy (${policy.mode}) names ${listed(policy.mx)}, not ${listed(strange)}.`;
  const fix = `Add the new hosts to the policy file, change the id in the TXT record at _mta-sts.${domain}, and only then switch. Senders may hold the old policy for up to ${span(policy.maxAge)}, but ask anew when the id has changed.`;
  if (policy.mode === "enforce") return [fail(id, `${saw} Senders that go by it refuse to deliver to the new hosts.`, fix, { about })];
  return [warn(id, saw, fix, { about })];
}
