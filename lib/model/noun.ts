/** The shape of a noun: one kind of outside object, everything about it that is a fact and not a decision. */
import { z } from "zod";
import { no, ok, type Result } from "@/lib/base/result";
import type { Value } from "./props";

/** How a cloud is asked for the rows of a kind. `of` narrows the question to one object, such as a domain. */
export type Asked =
  | {
      readonly cloud: "exchange";
      readonly cmdlet: `Get-${string}`;
      readonly parameters: Readonly<Record<string, Value>>;
      /** Properties read; the script selects the same. */
      readonly select: readonly string[];
      /** When the cmdlet has to be sent more than once for a full list: parameters of each call; rows are joined by Guid. */
      readonly also?: readonly Readonly<Record<string, Value>>[];
      /** Asked of one object only; one that is not there is an empty list. */
      readonly isOfOne?: true;
      /** A second cmdlet for the list of an object's members: their addresses become the property `Members`. */
      readonly members?: `Get-${string}`;
    }
  | {
      readonly cloud: "graph";
      readonly question: "organization" | "domain" | "serviceRecord" | "grants" | "people" | "vendorApplications" | "roleHolders";
    }
  | { readonly cloud: "cloudflare"; readonly question: "domains" | "zones" | "processed" | "journaled" }
  | { readonly cloud: "dns"; readonly question: "mx" | "resolvers" | "dnsHost" | "mxTargets" | "spf" }
  | { readonly cloud: "smtp"; readonly question: "host" | "direct" }
  | { readonly cloud: "web"; readonly question: "mtaSts" | "domainConnect" };
export type CloudName = Asked["cloud"];

export type Facts = {
  /** The object's name in the portal, in the singular: "Inbound connector". */
  readonly title: string;
  readonly asked: Asked;
  /** The application permission a read or write needs; "" for public facts such as DNS. */
  readonly permission: string;
  /** Further permissions, where one question needs several. */
  readonly alsoPermissions?: readonly string[];
  /** Path in the portal, its own labels, joined by " > ". */
  readonly place: string;
  /** Deep link to that place, where there is one. */
  readonly link?: string;
  /** Portal labels of properties, for differences and by-hand instructions. */
  readonly labels: Readonly<Record<string, string>>;
  /** Switches, which are on or off and not so or otherwise. */
  readonly toggles?: readonly string[];
  /** Properties that Set- cannot write: the cmdlets that do, [when true, when false]. An act is an edit of the property that shows it happened. */
  readonly verbs?: Readonly<Record<string, readonly [string, string?]>>;
  /** What a person does in the portal for such an act, after "Then ". */
  readonly verbByHand?: Readonly<Record<string, string>>;
  /** What such an act is told besides the object: its parameter -> the list property that it is written in. */
  readonly verbTakes?: Readonly<Record<string, string>>;
  /** The list whose entries have cmdlets of their own: one is added or taken out, or all are put in place of what was there. */
  readonly entries?: {
    readonly property: string;
    readonly parameter: string;
    readonly add: string;
    readonly remove: string;
    readonly replace: string;
    /** Most entries of one call. */
    readonly most: number;
  };
  /** The property that is the object's key, where it is not the service's Guid. */
  readonly keyedBy?: string;
  /** Settings that are read under another name than they are written: name written -> name read. */
  readonly readAs?: Readonly<Record<string, string>>;
  /** Settings of which Set- takes neither without the other. */
  readonly together?: readonly (readonly [string, string])[];
  /** What is only shown, or changes with other objects, such as a place among them: no part of an object that is removed. */
  readonly shownOnly?: readonly string[];
  /** Its Remove- cmdlet asks nothing back, and knows no -Confirm. */
  readonly isRemovedUnasked?: true;
  /** Lists that are replaced as a whole, not edited in place. */
  readonly whole?: readonly string[];
  /** Earlier answers are kept as well, for who asks since when it is so. Of all other kinds only the last one is. */
  readonly isRemembered?: true;
  /** There is exactly one in a tenant, so it is written without an Identity. */
  readonly isSingle?: true;
  /** The cloud that is written to, where it is not the one that is asked: DNS is read from name servers and written through an API. */
  readonly writtenBy?: CloudName;
  /** The noun of the cmdlets, where it is not the kind's own name. */
  readonly cmdletNoun?: string;
  /** Parameters that every new object of the kind is made with. */
  readonly bornWith?: Readonly<Record<string, Value>>;
  /** Once made, there is no way back to there being none. */
  readonly isBornForGood?: true;
  /** What about it cannot be taken back, as a sentence for the plan. */
  readonly finality?: string;
  /** Properties that cannot be put back. */
  readonly forGood?: readonly string[];
  /** How long a write may stay invisible to a read, in ms. */
  readonly shownMs: number;
  /** How long until mail behaves accordingly, in ms. */
  readonly worksMs: number;
};

export type Noun<R> = Facts & {
  readonly rows: (raw: unknown) => Result<readonly R[]>;
  /** What must stay the same for an answer to count as unchanged. */
  readonly same: (row: R) => unknown;
};

/** Reads the raw answer of a cloud: an array of objects, each put into our spelling. Any surprise is `unreadable`, never an empty list. */
export const rowsOf =
  <T>(shape: z.ZodType<T>) =>
  (raw: unknown): Result<readonly T[]> => {
    const read = z.array(shape).safeParse(raw);
    if (read.success) return ok(read.data);
    const issue = read.error.issues[0];
    return no("unreadable", `The answer has a shape we do not know (${issue?.path.join(".") ?? ""}: ${issue?.message ?? ""}).`, {
      fix: "Look again; if it stays, send the details to support.",
    });
  };

/** `same`: where a row holds what changes by itself, such as seconds that count down, the row without it. */
export const noun = <R>(facts: Facts & { readonly shape: z.ZodType<R>; readonly same?: (row: R) => unknown }): Noun<R> => {
  const { shape, same = (row) => row, ...rest } = facts;
  return { ...rest, rows: rowsOf(shape), same };
};

/** facts/exchange-api.md 9.4: 20 seconds to minutes until a read shows a write. */
export const EXCHANGE_SHOWN_MS = 5 * 60_000;
/** facts/exchange-mapping.md 15.10: settings work after minutes to an hour. */
export const EXCHANGE_WORKS_MS = 60 * 60_000;
export const EXCHANGE = "Exchange.ManageAsApp";
