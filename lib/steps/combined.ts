/** Many findings as one check under a fixed id: what a guard goes by. The worst counts, and what cannot be seen is worse than what can be waited for. */
import { type Check, pass, type Verdict } from "@/lib/model/check";

const ORDER: readonly Verdict[] = ["fail", "unknown", "wait"];

/** A warning bars nothing. */
export function combined(id: string, checks: readonly Check[], allWell: string, about: string): Check {
  const worst = ORDER.find((verdict) => checks.some((c) => c.verdict === verdict));
  if (worst === undefined) return pass(id, allWell, { about });
  const such = checks.filter((c) => c.verdict === worst);
  const [first] = such;
  const fixes = [...new Set(such.flatMap((c) => c.fix ?? []))];
  const again = Math.max(0, ...such.map((c) => c.again ?? 0));
  return {
    id,
    verdict: worst,
    about,
    saw: such.map((c) => (c.about === undefined ? c.saw : `${c.about}: ${c.saw}`)).join(" "),
    ...(fixes.length > 0 ? { fix: fixes.slice(0, 3).join(" ") } : {}),
    ...(again > 0 ? { again } : {}),
    ...(first?.step === undefined ? {} : { step: first.step }),
  };
}
