/** Faults on request: what the next calls of a tenant's service should suffer, and how often. */
import type { Service } from "./log";

export type FaultKind = "latency" | "429" | "500" | "503" | "drop" | "lie" | "concurrency" | "transient";

export type Fault = {
  id: string;
  /** Tenant id, or "*" for every tenant and for calls that name none (DNS questions). */
  tenant: string;
  service: Service;
  /** A piece of the path, the cmdlet or the DNS name; absent = every call. */
  match?: string;
  kind: FaultKind;
  /** For `latency`: how long. */
  ms?: number;
  /** How often it still strikes; absent = until it is taken away. */
  times?: number;
  /** For `429`: seconds. */
  retryAfter?: number;
};

export type Faults = {
  add(fault: Omit<Fault, "id">): Fault;
  list(tenant?: string): Fault[];
  clear(tenant?: string): void;
  /**
   * The faults that strike this call. Counts them down, so ask once a call. `subject` is what `match` is looked for in:
   * path and cmdlet, or the DNS question's name. Latency comes first and may be combined with one other kind.
   * `matchedOnly` leaves faults without a `match` out: those struck the batch already whose part this is.
   */
  strike(tenant: string | null, service: Service, subject: string, matchedOnly?: boolean): Fault[];
};

export function makeFaults(): Faults {
  let faults: Fault[] = [];
  let made = 0;
  return {
    add: (fault) => {
      made += 1;
      const kept = { ...fault, id: `fault-${made}` };
      faults.push(kept);
      return kept;
    },
    list: (tenant) => faults.filter((fault) => tenant === undefined || fault.tenant === tenant),
    clear: (tenant) => {
      faults = tenant === undefined ? [] : faults.filter((fault) => fault.tenant !== tenant);
    },
    strike: (tenant, service, subject, matchedOnly = false) => {
      const fits = (fault: Fault) =>
        !(matchedOnly && fault.match === undefined) &&
        fault.service === service &&
        (fault.tenant === "*" || fault.tenant === tenant) &&
        subject.includes(fault.match ?? "");
      const hit = faults.filter(fits);
      const slow = hit.filter((fault) => fault.kind === "latency");
      const other = hit.filter((fault) => fault.kind !== "latency").slice(0, 1);
      const struck = [...slow, ...other];
      for (const fault of struck) if (fault.times !== undefined) fault.times -= 1;
      faults = faults.filter((fault) => fault.times === undefined || fault.times > 0);
      return struck;
    },
  };
}
