/** One look into message trace for the test messages: their rows by Message-ID, refusals that never got one, and what the events say. */

import { ok, type Result } from "@/lib/base/result";
import { coversIp } from "@/lib/model/addresses";
import type { Leg, LegName, Proof } from "@/lib/model/mail-proof";
import { traceOf } from "@/lib/model/mail-proof-trace";
import type { TraceRow } from "@/lib/model/trace";
import { profiles } from "@/lib/profiles/all";
import type { TestMail } from "./deps";

type Traces = TestMail["traces"];
/** Clocks differ, and a search that begins with the very second finds nothing. */
const MARGIN_MS = 10 * 60_000;
const spanOf = ({ madeAt }: Proof, now: number) => ({ from: madeAt - MARGIN_MS, until: Math.max(now, madeAt) + MARGIN_MS });

const EGRESS = Object.values(profiles).flatMap((profile) => profile.egress.value);
const isVendors = (ip: string): boolean => EGRESS.some((network) => coversIp(network, ip));

/** Refused before the header was sent: it has no Message-ID of ours, but says from where it came. */
const isRefusalOf = (name: LegName, row: TraceRow): boolean => row.status === "Failed" && isVendors(row.fromIp) === (name === "mx");

/** Of a mailing list or a redirect there are several rows: the newest says what became of it last. */
const newestOf = (rows: readonly TraceRow[]): TraceRow | undefined => rows.toSorted((a, b) => b.at - a.at)[0];
const isOf = (leg: Leg, row: TraceRow): boolean => row.messageId.toLowerCase() === leg.messageId.toLowerCase();

async function rowsOf(
  traces: Traces,
  tenant: string,
  proof: Proof,
  wanted: readonly LegName[],
  now: number,
): Promise<Result<ReadonlyMap<LegName, TraceRow>>> {
  const span = spanOf(proof, now);
  const named = await traces.byMessageId(
    tenant,
    wanted.map((name) => proof.legs[name].messageId),
    span,
  );
  if (!named.ok) return named;
  const found = new Map<LegName, TraceRow>();
  for (const name of wanted) {
    const row = newestOf(named.value.filter((one) => isOf(proof.legs[name], one)));
    if (row) found.set(name, row);
  }
  // Only by the vendor: what a server refuses to our face we know already.
  if (found.has("mx") || !wanted.includes("mx") || !proof.circumstances?.isAtVendor) return ok(found);
  const refused = await traces.byAddresses(tenant, { sender: proof.from, recipient: proof.address }, { ...span, from: proof.madeAt });
  if (!refused.ok) return refused;
  const row = newestOf(refused.value.filter((one) => isRefusalOf("mx", one)));
  if (row) found.set("mx", row);
  return ok(found);
}

/** @returns the legs with what was found; a message that is not there yet stays as it was. */
export async function lookedAt(
  traces: Traces,
  tenant: string,
  proof: Proof,
  wanted: readonly LegName[],
  now: number,
): Promise<Result<Proof["legs"]>> {
  const rows = await rowsOf(traces, tenant, proof, wanted, now);
  if (!rows.ok) return rows;
  const legs = { ...proof.legs };
  for (const name of wanted) {
    const row = rows.value.get(name);
    legs[name] = { ...legs[name], lookedAt: now, traceProblem: null };
    if (!row) continue;
    const events = await traces.events(tenant, row, spanOf(proof, now));
    if (!events.ok) return events;
    legs[name] = { ...legs[name], trace: traceOf(row, events.value, now) };
  }
  return ok(legs);
}
