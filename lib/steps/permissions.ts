/** Which permissions a step needs, derived from the nouns it asks for: written down once, at the noun. */
import { factsOf, type Kind } from "@/lib/model/nouns";
import { kindsIn, type Queries } from "@/lib/model/query";
import type { Profile } from "@/lib/profiles/profile";
import type { Step } from "./shape";

/** Kinds of objects that a step's queries are about, each once. */
export const kindsOf = (queries: Queries): readonly Kind[] => [...new Set(Object.values(queries).flatMap(kindsIn))];

const permissionsOfKind = (kind: Kind): readonly string[] => {
  const { permission, alsoPermissions = [] } = factsOf(kind);
  return [permission, ...alsoPermissions].filter((p) => p !== "");
};

/** @returns names of application permissions, as Microsoft spells them, for the step as it is before anybody chose anything. */
export const permissionsOf = (step: Pick<Step, "queries" | "atFirst">, profile: Profile): readonly string[] => [
  ...new Set(kindsOf(step.queries(step.atFirst, profile)).flatMap(permissionsOfKind)),
];

/** Permission -> titles of the steps that use it. */
export function usedBy(steps: readonly Step[], profile: Profile): ReadonlyMap<string, readonly string[]> {
  const uses = new Map<string, readonly string[]>();
  for (const step of steps) {
    for (const permission of permissionsOf(step, profile))
      uses.set(permission, [...(uses.get(permission) ?? []), step.texts(profile).title]);
  }
  return uses;
}
