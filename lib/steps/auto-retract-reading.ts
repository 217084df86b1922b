/** What is read about moving: only whether something shows delivered mail to the vendor. The vendor's own table cannot be read. */
import { ask, per, type Reading } from "@/lib/model/query";
import type { AutoRetractSettings } from "./auto-retract-settings";

/** Keyed, so that the rest is judged where Exchange cannot be asked. */
export const autoRetractQueries = ({ source }: AutoRetractSettings) => ({
  rules: per(source === "journal" ? ["tenant"] : [], () => ask("JournalRule")),
});
export type AutoRetractReading = Reading<ReturnType<typeof autoRetractQueries>>;
