/** What is done with each disposition after delivery, who does it, and by which way the vendor gets to see delivered mail. */
import { z } from "zod";
import { CHOICES } from "@/lib/model/destinations";
import { access } from "./access";
import { journalConnectorAtFirst, journalConnectorSettings } from "./journal-connector-settings";
import { ticked } from "./ticked";

const choice = z.enum(CHOICES, "Choose one of the five.").default("none");
const row = { MALICIOUS: choice, SUSPICIOUS: choice, SPOOF: choice, SPAM: choice, BULK: choice };
export const moveTable = z.object(row);
export type MoveTable = z.infer<typeof moveTable>;

export const NO_ACTION: MoveTable = { MALICIOUS: "none", SUSPICIOUS: "none", SPOOF: "none", SPAM: "none", BULK: "none" };

const at = z.coerce.number().int().min(0).max(8.64e15);

export const autoRetractSettings = z.object({
  access,
  regions: journalConnectorSettings.shape.regions,
  /** The tenant's journaling address, by region. */
  addresses: journalConnectorSettings.shape.addresses,
  by: z.enum(["vendor", "cutover"], "Choose who moves messages.").default("vendor"),
  table: moveTable.default(NO_ACTION),
  /** How the vendor gets to see mail that was delivered. */
  source: z.enum(["journal", "bcc", "graph"], "Choose one of the three.").default("journal"),
  /** `wordOf` the table that stands in the vendor's dashboard, by word. */
  entered: ticked.default([]),
  /** Written when moving is turned on and off, never by the form. `table`: what was agreed to then. Times in ms since 1970. */
  running: z.object({ since: at, table: moveTable.optional() }).nullable().default(null),
  /** Why moving ended by itself. */
  stopped: z
    .object({ at, say: z.string().max(2_000) })
    .nullable()
    .default(null),
});
export type AutoRetractSettings = z.infer<typeof autoRetractSettings>;

export const autoRetractAtFirst: AutoRetractSettings = {
  access: "consent",
  regions: journalConnectorAtFirst.regions,
  addresses: {},
  by: "vendor",
  table: NO_ACTION,
  source: "journal",
  entered: [],
  running: null,
  stopped: null,
};
