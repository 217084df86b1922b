/** The count over time, which the page draws, and what to look at in order when nothing arrives. */
import type { Profile } from "@/lib/profiles/profile";
import { type FlowReading, isOnFor, ndrOf, type Point, targetsOf, vendorCount } from "./journal-flow-reading";
import type { FlowSettings } from "./journal-flow-settings";
import type { Evidence } from "./shape";

/** The page draws the table of this name. */
export const PROCESSED = "Messages processed";
const MOST_POINTS = 60;

const second = (ms: number): string => `${new Date(ms).toISOString().slice(0, 19).replace("T", " ")} UTC`;

/** Evenly over the points, with the first and the last. */
export function thinned(points: readonly Point[], most = MOST_POINTS): readonly Point[] {
  if (points.length <= most) return points;
  return Array.from({ length: most }, (_, i) => points[Math.round((i * (points.length - 1)) / (most - 1))] ?? { at: 0, total: 0 });
}

function series(reading: FlowReading, chosen: FlowSettings): readonly Evidence[] {
  const vendor = vendorCount(reading, chosen);
  if (vendor.is === "unread" || vendor.points.length === 0) return [];
  return [
    { title: PROCESSED, columns: ["Time", "Messages"], rows: thinned(vendor.points).map(({ at, total }) => [second(at), String(total)]) },
  ];
}

function connectorRow({ connectors }: FlowReading, addresses: readonly string[]): string {
  const rows = connectors["tenant"];
  if (!rows?.ok) return rows?.problem.say ?? "Not read yet";
  const used = rows.value.filter((row) => row.ValidationRecipients.some((to) => addresses.includes(to.toLowerCase())));
  if (used.length === 0) return "No connector was tried with it. Without an outbound gateway, none is needed.";
  return used.map((row) => `${row.Name}: ${row.IsValidated ? "validated" : "not validated"}`).join("; ");
}

function inOrder(reading: FlowReading, chosen: FlowSettings, profile: Profile): Evidence {
  const targets = targetsOf(chosen, profile);
  const addresses = targets.flatMap(({ address }) => address ?? []);
  const rules = targets.map(({ region, address }) =>
    address === null
      ? `${region.title}: no address entered`
      : `${address}: ${isOnFor(reading.rules, address) ? "on" : "off, or not there"}`,
  );
  const ndr = ndrOf(reading);
  return {
    title: "When nothing arrives: look at these, in this order",
    columns: ["Look at", "What we see", "Why"],
    rows: [
      [
        "1. The rule, and its address letter by letter",
        rules.join("; "),
        `Compare it with ${profile.journaling.value.addresses}. A report to a mistyped address waits for two days, then Microsoft may turn the rule off.`,
      ],
      [
        "2. The connector",
        connectorRow(reading, addresses),
        "With an outbound gateway, reports go through the gateway unless a connector that was validated takes them.",
      ],
      [
        "3. The mailbox for undeliverable reports",
        ndr ?? "Not set, or not read",
        "Open it: what lies there says why reports were refused.",
      ],
      [
        "4. That mailbox itself",
        ndr ?? "Not set, or not read",
        "Mail to it is never journaled, so it is no good for a test. A person's mailbox should not be used for it.",
      ],
      [
        "5. The domain at the vendor",
        chosen.domains.join(", "),
        `${profile.vendor} counts reports for domains it knows, and knows them once somebody agreed to that in its dashboard.`,
      ],
    ],
  };
}

export const flowEvidence = (reading: FlowReading, chosen: FlowSettings, profile: Profile): readonly Evidence[] => [
  ...series(reading, chosen),
  inOrder(reading, chosen, profile),
];
