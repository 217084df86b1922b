/** A vendor's published facts, each with its source and the date it was read. Steps take names, addresses and waits from here and nowhere else. */

import type { Retraction } from "./retraction";
import type { UseCases } from "./use-cases";

/** A fact and where it stands: the public document's name, and the day it was read. */
export type Fact<T> = { readonly value: T; readonly source: string; readonly date: string };

export type ProfileId = "area1" | "cloudflare";

export type MailHost = { readonly preference: number; readonly host: string };
/** Where the vendor processes mail. No hosts: they are shown per domain in the vendor's dashboard and typed from there, never built. */
export type Region = { readonly id: string; readonly title: string; readonly hint: string; readonly hosts: readonly MailHost[] };

type Named = { readonly name: string; readonly comment: string };

/** Where journal reports of a region go. */
export type JournalRegion = {
  readonly id: string;
  readonly title: string;
  readonly hint: string;
  /** What stands behind the @ of the tenant's journaling address. */
  readonly domain: string;
  readonly smartHosts: readonly string[];
};

/** Names and hosts of the journaling track, by region. */
export type Journaling = {
  readonly connector: Named;
  readonly rule: string;
  readonly regions: readonly JournalRegion[];
  /** Domains of journaling addresses of any region, for which no smart hosts are published: their mail goes by MX records. */
  readonly anyRegion: readonly string[];
  /** Where in the dashboard the tenant's journaling addresses stand. */
  readonly addresses: string;
};

export type Profile = {
  readonly id: ProfileId;
  /** What the vendor calls the product, in sentences: "Cloudflare Email Security". */
  readonly product: string;
  /** Short form for titles: "Cloudflare", "Area 1". */
  readonly vendor: string;
  /** Addresses that bring the mail, in the forms Microsoft 365 takes (single IPv4, /24 to /32). */
  readonly egress: Fact<readonly string[]>;
  /** The page on which the vendor publishes them. */
  readonly egressPage: string;
  /** Addresses that were the vendor's once and are no longer. */
  readonly formerEgress: Fact<readonly string[]>;
  readonly inboundConnector: Fact<Named>;
  readonly lockDownConnector: Fact<Named>;
  /** Moving messages after delivery: the vendor's application, its dashboard, and what may be chosen there. */
  readonly retraction: Fact<Retraction>;
  readonly journaling: Fact<Journaling>;
  /** Header that carries the disposition. */
  readonly dispositionHeader: Fact<string>;
  /** What may happen to each disposition: the five published use cases. */
  readonly useCases: Fact<UseCases>;
  /** Where in the vendor's dashboard its own quarantine, the tags and the link actions are. No API sets the last two. */
  readonly dashboard: Fact<{ readonly quarantine: string; readonly tags: string; readonly links: string }>;
  readonly regions: Fact<readonly Region[]>;
  /** The region of whoever chose none; "" where somebody has to choose. */
  readonly defaultRegion: string;
  /** MX hosts end in one of these. */
  readonly mxSuffixes: Fact<readonly string[]>;
  /** The TTL to reach before the switch, in seconds. */
  readonly lowTtl: Fact<number>;
  /** How long DNS takes to reach the large resolvers, at least, in ms. */
  readonly dnsSpreadMs: Fact<number>;
  /** How long to wait after the last domain's switch before locking down, in ms. */
  readonly lockDownWaitMs: Fact<number>;
};
