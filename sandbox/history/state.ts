/** Made-up mail that the vendor knows and that lies in mailboxes: how much of it there is, and what was done that a number cannot tell. Plain JSON. */

export type Burst = {
  count: number;
  disposition: string;
  at: number;
};

export type GeneratedMail = {
  /** All of it, bursts included: messages 0 to count - 1. */
  count: number;
  /** When the newest of those that were there from the start came in. */
  until: number;
  kind: "varied" | "hostile";
  /** Detections made on request; their numbers follow on those that were there from the start. Oldest first. */
  bursts: Burst[];
  /** Numbers of those that an administrator released from the vendor's quarantine. */
  released: number[];
};
