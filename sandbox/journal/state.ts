/** What is kept of journaling: reports that wait to be sent, what the vendor took, what another gateway took. Plain JSON. */
import type { Disposition } from "../mail/disposition";

/** One report that the vendor's receiver took. */
export type JournalReport = {
  id: string;
  at: number;
  /** The service address it was sent to. */
  address: string;
  /** The vendor's host that took it. */
  host: string;
  /** Of the original, with its angle brackets. */
  messageId: string;
  sender: string;
  recipients: string[];
  subject: string;
  /** Null where the vendor did not look at it: it scans inbound mail only. */
  disposition: Disposition | null;
  /** The tenant's domains that it was counted for. */
  domains: string[];
};

/** A report that Microsoft has not got rid of yet. */
export type QueuedReport = {
  id: string;
  /** When it was made, and when it is tried next. */
  at: number;
  nextAt: number;
  tries: number;
  address: string;
  /** Of the original. */
  messageId: string;
  /** The whole report, one character a byte. */
  raw: string;
  /** What stood in the way last; null before the first try. */
  problem: string | null;
};

/** What another company's gateway does with reports that an outbound connector brings it. */
export type GatewayReports = {
  /** True: hands them on to the MX of their address. Otherwise it takes them, and that is that. */
  relays: boolean;
  took: { at: number; address: string; host: string; messageId: string }[];
};
