/** The form of the switch: the region, hosts that nobody publishes, which domains now, and the word where port 25 is shut. */

import type { Profile } from "@/lib/profiles/profile";
import { regionOf } from "./mx-hosts";
import type { MxReading } from "./mx-records-reading";
import type { MxSettings } from "./mx-records-settings";
import type { Field } from "./shape";

const isShut = ({ hosts }: MxReading): boolean => Object.values(hosts).some((seen) => !seen.ok && seen.problem.code === "unreachable");

function regionField(chosen: MxSettings, profile: Profile): Field {
  return {
    name: "region",
    type: "choice",
    label: "Where should your mail be processed?",
    hint: "It decides the mail hosts and their order. A second region behind the first is for when the first is down.",
    value: regionOf(chosen, profile)?.id ?? "",
    options: profile.regions.value.map(({ id, title, hint }) => ({ value: id, label: title, hint })),
  };
}

const hostFields = (chosen: MxSettings, profile: Profile): readonly Field[] => {
  const region = regionOf(chosen, profile);
  if (region === null || region.hosts.length > 0) return [];
  return chosen.domains.map((domain) => ({
    name: `hosts.${domain}`,
    type: "text",
    label: `Mail hosts of ${domain}`,
    hint: `${region.hint} They end in .${profile.mxSuffixes.value[0] ?? ""}. Separate them by spaces or commas.`,
    placeholder: `10 mxa.example.${profile.mxSuffixes.value[0] ?? ""}`,
    value: (chosen.hosts[domain] ?? []).join(", "),
  }));
};

function moveField({ domains }: MxSettings): readonly Field[] {
  if (domains.length < 2) return [];
  return [
    {
      name: "move",
      type: "choices",
      label: "Which domains now?",
      hint: "None ticked means all. Many begin with one, and move the others a day later.",
      options: domains.map((domain) => ({ value: domain, label: domain })),
    },
  ];
}

function wordField(reading: MxReading, { port25Word }: MxSettings): readonly Field[] {
  if (!isShut(reading) && port25Word.length === 0) return [];
  return [
    {
      name: "port25Word",
      type: "choices",
      label: "The new hosts can't be called from here",
      options: [
        {
          value: "yes",
          label: "Go on without looking at the hosts",
          hint: "It is kept as your word, with your name. Check the hosts from another machine.",
        },
      ],
    },
  ];
}

export const mxFields = (reading: MxReading, chosen: MxSettings, profile: Profile): readonly Field[] =>
  chosen.domains.length === 0
    ? []
    : [regionField(chosen, profile), ...hostFields(chosen, profile), ...moveField(chosen), ...wordField(reading, chosen)];
