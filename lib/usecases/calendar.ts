/** A wait as an appointment: an .ics file for the person's own calendar. */
import { no, ok, type Result } from "@/lib/base/result";
import type { TenantScope } from "@/lib/model/scope";
import type { Deps } from "./deps";
import type { Download } from "./script";
import { loadSetup, stepById } from "./setup";
import { hrefOf } from "./show";
import { remembered } from "./standing";
import { noSuchStep } from "./step";

/** 20260801T120000Z */
const stamp = (at: number) =>
  new Date(at)
    .toISOString()
    .replace(/[-:]/g, "")
    .replace(/\.\d{3}/, "");
const escaped = (text: string) => text.replace(/[\\;,]/g, "\\$&").replace(/\r?\n/g, "\\n");
const MOST_OCTETS = 75;
/** RFC 5545, 3.1: a line has at most 75 octets and goes on after a line break and a space; no character is cut in two. */
export function folded(line: string): string {
  let octets = 0;
  let text = "";
  for (const character of line) {
    const size = Buffer.byteLength(character);
    if (octets + size > MOST_OCTETS) {
      text += "\r\n ";
      octets = 1;
    }
    text += character;
    octets += size;
  }
  return text;
}

export const calendar =
  (deps: Deps) =>
  async (scope: TenantScope, id: string): Promise<Result<Download>> => {
    const step = stepById(id);
    if (!step) return noSuchStep();
    const setup = await loadSetup(deps, scope);
    if (!setup.ok) return setup;
    const waits =
      remembered(setup.value, step)?.seen.checks.flatMap((c) =>
        c.verdict === "wait" && c.again !== undefined ? [{ at: c.again, saw: c.saw }] : [],
      ) ?? [];
    const last = waits.sort((a, b) => b.at - a.at)[0];
    if (!last) return no("gone", "This step waits for nothing.", { fix: "Go back to the step." });
    const title = step.texts(setup.value.profile).title;
    const lines = [
      "BEGIN:VCALENDAR",
      "VERSION:2.0",
      "PRODID:-//Cutover//EN",
      "BEGIN:VEVENT",
      `UID:${scope.tenant}-${id}@cutover`,
      `DTSTAMP:${stamp(deps.clock.now())}`,
      `DTSTART:${stamp(last.at)}`,
      `DTEND:${stamp(last.at + 15 * 60_000)}`,
      `SUMMARY:${escaped(`${title}: the wait is over`)}`,
      `DESCRIPTION:${escaped(last.saw)}`,
      `URL:${deps.publicUrl}${hrefOf(scope, step)}`,
      "END:VEVENT",
      "END:VCALENDAR",
    ];
    return ok({ fileName: `cutover-${id}.ics`, text: `${lines.map(folded).join("\r\n")}\r\n` });
  };
