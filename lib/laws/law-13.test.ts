import fc from "fast-check";
import { expect } from "vitest";
import { changesOf } from "@/lib/model/plan";
import type { Profile } from "@/lib/profiles/profile";
import type { Step } from "@/lib/steps/shape";
import { readyCaseOf, settingsOf } from "./arbitraries";
import { applied, type Bench, benchOf, lookAt, planFor, undone } from "./bench";
import { law } from "./law";
import { essence } from "./state";

/** The profile as it was before the vendor moved: fewer addresses, one that is no longer theirs, other names. */
const older = (profile: Profile): Profile => ({
  ...profile,
  egress: { ...profile.egress, value: [...profile.egress.value.slice(0, 1), "1.1.1.1"] },
  inboundConnector: { ...profile.inboundConnector, value: { ...profile.inboundConnector.value, name: "Connector of before" } },
});

const twoCases = (step: Step) => fc.record({ one: readyCaseOf(step), other: settingsOf(step), isOlder: fc.boolean() });

law(
  "13. where you came from leaves no trace: settings or profile A, then B, ends as B",
  twoCases,
  async (step, { one, other, isOlder }) => {
    const { start, settings, profile } = one;
    const there = benchOf(start, profile);
    const direct = benchOf(start, profile);
    const first: Bench = isOlder ? { ...there, profile: older(profile) } : there;
    const plans = [await planFor("look", step, other, first), await planFor("look", step, settings, direct)];
    // What only a person can do is taken back when it is asked for, not by a change of mind.
    if (plans.some((p) => changesOf(p).some((c) => c.hands === "person" || c.kind === "mx"))) return;
    await applied(step, other, first, "one");
    const { checks } = await lookAt(step, settings, there);
    if (checks.some((c) => step.guards.includes(c.id) && c.verdict !== "pass")) return; // barred: said, not planned
    await applied(step, settings, there, "two");
    await applied(step, settings, direct);
    expect(named(there, profile)).toEqual(named(direct, profile));
    await undone(step, there);
    expect(essence(there.fake.state)).toEqual(essence(start));
  },
);

/** A name is given at birth: an object of ours that was renamed by the vendor since keeps the one it has. */
const named = ({ fake }: Bench, { inboundConnector }: Profile): unknown =>
  essence({
    ...fake.state,
    InboundConnector: (fake.state["InboundConnector"] ?? []).map((c) =>
      c.Name === "Connector of before" ? { ...c, Name: inboundConnector.value.name } : c,
    ),
  });
