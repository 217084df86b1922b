/** The columns that the list of mail may show, and which of them somebody chose. */

export const COLUMNS = ["at", "from", "to", "subject", "disposition", "status", "envelope", "mode", "message", "alert"] as const;
export type Column = (typeof COLUMNS)[number];

export const COLUMN_TITLES: Readonly<Record<Column, string>> = {
  at: "Time",
  from: "From",
  to: "To",
  subject: "Subject",
  disposition: "Disposition",
  status: "Delivery",
  envelope: "Envelope sender",
  mode: "Came by",
  message: "Message-ID",
  alert: "Alert ID",
};

export const FIRST_COLUMNS: readonly Column[] = ["at", "from", "to", "subject", "disposition", "status"];

/** The subject is the link to the message: it is always there. */
const ALWAYS: Column = "subject";
export const isFixed = (column: Column): boolean => column === ALWAYS;

/** As the cookie keeps them, ids with dots between; in the order of the list. The first ones where nothing is kept. */
export function columnsOf(kept: string | undefined): readonly Column[] {
  if (kept === undefined) return FIRST_COLUMNS;
  const ids = kept.split(".");
  return COLUMNS.filter((one) => one === ALWAYS || ids.includes(one));
}

export const withColumn = (chosen: readonly Column[], column: Column, isOn: boolean): readonly Column[] =>
  COLUMNS.filter((one) => one === ALWAYS || (one === column ? isOn : chosen.includes(one)));
