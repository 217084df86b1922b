/** The places where mail is looked for and moved, beside each other: mail trace, the quarantine, what was ordered, and what is moved by itself. */
import { Tabs } from "./tabs";

const PLACES = [
  { id: "mail", label: "Mail trace" },
  { id: "quarantine", label: "Quarantine" },
  { id: "orders", label: "Moves and releases" },
  { id: "auto-retract", label: "Auto-retract" },
] as const;

export function MailPlaces({ tenant, here }: { readonly tenant: string; readonly here: (typeof PLACES)[number]["id"] }) {
  const tabs = PLACES.map(({ id, label }) => ({ href: `/t/${tenant}/${id}`, label, isCurrent: id === here }));
  return <Tabs label="Mail" tabs={tabs} />;
}
