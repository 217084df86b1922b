/** A cmdlet call as the admin API takes it: the envelope, lists that are edited, headers. Source: facts/exchange-api.md 3, 4, 7. */
import { randomUUID } from "node:crypto";
import { type Argument, type Call, isDelta } from "@/lib/model/call";

/** The type that makes the binder read Add and Remove; without it the call fails. */
const EDITED_LIST = "#Exchange.GenericHashTable";
/** A routing hint; the braces are literal. */
const SYSTEM_MAILBOX = "APP:SystemMailbox{bb558c35-97f1-4cb9-8ff7-d53741dc928c}";
/** Constant over this process, as the module's is over a session. */
const CONNECTION = randomUUID();

function value(argument: Argument): unknown {
  if (!isDelta(argument)) return argument;
  const { Add, Remove } = argument;
  return { "@odata.type": EDITED_LIST, ...(Add.length > 0 ? { Add } : {}), ...(Remove.length > 0 ? { Remove } : {}) };
}

/**
 * @throws Error for an Identity that names nothing: a Get- with it may return every object, and a Set- or Remove- after it would hit every object
 *   (facts/exchange-api.md 9).
 */
export function envelopeOf({ cmdlet, parameters }: Call) {
  for (const [name, argument] of Object.entries(parameters)) {
    const isIdentity = /^identit(y|ies)$/i.test(name);
    if (isIdentity && (typeof argument !== "string" || argument.trim() === ""))
      throw new Error(`${cmdlet} was about to be called with an empty ${name}.`);
  }
  return {
    CmdletInput: {
      CmdletName: cmdlet,
      Parameters: Object.fromEntries(Object.entries(parameters).map(([name, argument]) => [name, value(argument)])),
    },
  };
}

export const invokeUrl = (exchangeUrl: string, tenant: string, select: readonly string[] = []): string =>
  `${exchangeUrl}/adminapi/beta/${encodeURIComponent(tenant)}/InvokeCommand${select.length > 0 ? `?$select=${select.join(",")}` : ""}`;

export const batchUrl = (exchangeUrl: string, tenant: string): string =>
  `${exchangeUrl}/adminapi/beta/${encodeURIComponent(tenant)}/$batch`;

export const headersOf = (tenant: string, token: string, cmdlet: string): Readonly<Record<string, string>> => ({
  authorization: `Bearer ${token}`,
  "content-type": "application/json; charset=utf-8",
  accept: "application/json; odata.metadata=minimal",
  "x-anchormailbox": `${SYSTEM_MAILBOX}@${tenant}`,
  "x-cmdletname": cmdlet,
  "x-responseformat": "json",
  prefer: "odata.maxpagesize=1000",
  "connection-id": CONNECTION,
  "client-request-id": randomUUID(),
});

export const batchHeadersOf = (tenant: string, token: string): Readonly<Record<string, string>> => {
  const { "x-cmdletname": _, ...headers } = headersOf(tenant, token, "");
  return { ...headers, prefer: "odata.maxpagesize = 1000;odata.continue-on-error", "parameter-based-routing": "true" };
};
