/** What the sandbox received: every call, so that a test can ask "what did you receive?" and a person can read it in the portal. */
export type Service = "entra" | "graph" | "exchange" | "cloudflare" | "dns" | "smtp" | "web";

export type Received = {
  at: number;
  service: Service;
  /** Tenant id, or null where a call names none (a DNS question, the account picker). */
  tenant: string | null;
  method: string;
  path: string;
  status: number;
  /** Application id of who asked, where that is not Cutover (the vendor, moving mail). */
  by?: string;
  cmdlet?: string;
  parameters?: Record<string, unknown>;
  /** One part of a batch; the batch itself is an entry of its own. */
  part?: true;
  /** One sentence about what was wrong, when something was. */
  note?: string;
};

export type RequestLog = {
  add(entry: Received): void;
  /** Oldest first; `since` is exclusive, in milliseconds of the sandbox's clock. */
  read(filter?: { tenant?: string | undefined; since?: number | undefined; service?: Service | undefined }): Received[];
  clear(): void;
};

/** Kept in memory only and bounded: a bench of a thousand domains must not eat the machine. */
const KEPT = 50_000;

export function makeLog(): RequestLog {
  let entries: Received[] = [];
  return {
    add: (entry) => {
      entries.push(entry);
      if (entries.length > KEPT) entries = entries.slice(-KEPT / 2);
    },
    read: ({ tenant, since, service } = {}) =>
      entries.filter(
        (entry) =>
          (tenant === undefined || entry.tenant === tenant) &&
          (since === undefined || entry.at > since) &&
          (service === undefined || entry.service === service),
      ),
    clear: () => {
      entries = [];
    },
  };
}
