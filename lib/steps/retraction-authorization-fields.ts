/** The form: which of the applications found is the vendor's; without access, that one was authorised. */
import type { Profile } from "@/lib/profiles/profile";
import { type AuthorizationReading, isUnasked } from "./retraction-authorization-reading";
import { type AuthorizationSettings, idsOf } from "./retraction-authorization-settings";
import type { Field } from "./shape";

const byWordField = ({ retraction: { value } }: Profile): Field => ({
  name: "authorized",
  type: "choices",
  label: "Have you authorised it?",
  hint: "Cutover has no access to your organisation, so it goes by your word.",
  options: [{ value: value.application, label: `“${value.application}” is in our organisation, with the permissions named below` }],
});

export function authorizationFields(reading: AuthorizationReading, { access }: AuthorizationSettings, profile: Profile): readonly Field[] {
  const answer = reading.applications["tenant"];
  if (access === "without" && isUnasked(answer)) return [byWordField(profile)];
  if (!answer?.ok || answer.value.length === 0) return [];
  return [
    {
      name: "application",
      type: "choice",
      label: `Which of these is ${profile.vendor}'s?`,
      hint: `Compare both ids with what ${profile.vendor}'s support tells you. Cutover warns you when it is gone, or another takes its place.`,
      options: [
        ...answer.value.map((one) => ({
          value: idsOf(one),
          label: one.Name,
          hint: `Application id ${one.appId} · organisation ${one.ownerId === "" ? "not told" : one.ownerId}`,
        })),
        { value: "", label: "I do not know yet" },
      ],
    },
  ];
}
