/** The JSON bodies of answers: rows with paging and warnings, or an error in one of the spellings in which the service says it. */
import { z } from "zod";
import type { ExchangeObject, Tenant } from "../tenant";
import type { Bound } from "./bind";
import type { Done } from "./call";
import { expiredPage, type Failure } from "./failure";
import { toWire } from "./wire";

export type Asked = {
  /** Where a nextLink points: the sandbox itself, so that nobody follows it to another host. */
  origin: string;
  tenant: Tenant;
  noun: string;
  cmdlet: string;
  bound: Bound;
  select: string[];
  skipToken: string | null;
  maxPageSize: number | null;
  now: number;
  reordered: boolean;
};

const defaultResultSize = 1000;
const pageLifeMs = 30 * 60_000;
const tokenShape = z.object({ from: z.number(), at: z.number(), cmdlet: z.string() });

export type Body = Record<string, unknown>;
export type Page = { ok: true; body: Body } | { ok: false; failure: Failure };

export function rowsBody(result: Done, asked: Asked): Page {
  if (result.whole) return { ok: true, body: bodyOf(result.rows, result.warnings, asked) };
  const from = startOf(asked);
  if (from === null) return { ok: false, failure: expiredPage() };
  const wanted = asked.bound.get("ResultSize") ?? defaultResultSize;
  const most = /^\d+$/.test(String(wanted)) ? Number(wanted) : Number.POSITIVE_INFINITY;
  const within = result.rows.slice(0, most);
  const size = asked.maxPageSize ?? defaultResultSize;
  const page = within.slice(from, from + size);
  const isCut = result.rows.length > most || within.length > from + size;
  const warnings = isCut ? [...result.warnings, moreThere] : result.warnings;
  const more = {
    ...(result.confirmation === undefined ? {} : { "@adminapi.confirmationmessage": result.confirmation }),
    ...(within.length > from + size ? { "@odata.nextLink": nextLink(asked, from + size) } : {}),
  };
  return { ok: true, body: bodyOf(page, warnings, asked, more) };
}

const bodyOf = (rows: ExchangeObject[], warnings: string[], asked: Asked, more: Body = {}): Body => ({
  "@odata.context": `https://outlook.office365.com/adminapi/beta/${asked.tenant.id}/$metadata#Collection(Exchange.GenericHashTable)`,
  "adminapi.warnings@odata.type": "#Collection(String)",
  "@adminapi.warnings": warnings,
  ...more,
  value: rows.map((row) => selected(row, asked)),
});

const moreThere =
  "There are more results available than are currently displayed. To view them, increase the value for the ResultSize parameter.";

function selected(row: ExchangeObject, asked: Asked): Body {
  const wire = toWire(row, asked);
  if (asked.select.length === 0) return wire;
  const names = new Set(asked.select.map((name) => name.toLowerCase()));
  return Object.fromEntries(Object.entries(wire).filter(([property]) => names.has((property.split("@")[0] ?? "").toLowerCase())));
}

function nextLink(asked: Asked, from: number): string {
  const token = Buffer.from(JSON.stringify({ from, at: asked.now, cmdlet: asked.cmdlet })).toString("base64url");
  return `${asked.origin}/adminapi/beta/${asked.tenant.id}/InvokeCommand?$skiptoken=${token}`;
}

/** Null: a token of another call, too old, or of a backend that this call didn't reach. */
function startOf({ skipToken, cmdlet, now, tenant }: Asked): number | null {
  if (skipToken === null) return 0;
  if (tenant.traits.pagingNeedsAffinity || !/^[\w-]+$/.test(skipToken)) return null;
  const text = Buffer.from(skipToken, "base64url").toString("utf8");
  if (!text.startsWith("{") || !text.endsWith("}")) return null;
  const token = tokenShape.safeParse(JSON.parse(text));
  return token.success && token.data.cmdlet === cmdlet && now - token.data.at <= pageLifeMs ? token.data.from : null;
}

/** Key case and stacking vary in the wild: `turn` picks a spelling where none was measured. */
export function errorBody(failure: Failure, turn: number): Body {
  const { type, text } = failure;
  const code = failure.status === 404 ? "NotFound" : "BadRequest";
  const message = failure.shape === "any" && turn % 2 === 1 ? "Error executing cmdlet" : "Invalid Operation";
  const inner = { message: text, type, stacktrace: "" };
  const odata = { message, type: "Microsoft.Exchange.Admin.OData.Core.ODataServiceException", stacktrace: "" };
  const details = [{ code: "Client", target: "", message: `${failure.errorId}|${type}|${text}` }];
  const warnings = { "adminapi.warnings@odata.type": "#Collection(String)", "@adminapi.warnings": [] };
  if (failure.shape === "bare") return { error: { code, message, innererror: { ...odata, internalexception: inner } }, ...warnings };
  if (failure.shape === "classic" || turn % 3 === 0)
    return { error: { code, message, details, innererror: { ...odata, internalexception: inner } } };
  if (turn % 3 === 1) return { error: { code, message, details, innererror: { ...odata, internalException: inner } }, ...warnings };
  const nested = JSON.stringify({ Message: text, TypeName: type, StackTrace: "", InnerError: null });
  return {
    error: {
      code,
      message,
      details: [{ code: "Context", target: null, message: nested }, ...details],
      innererror: { ...odata, internalexception: inner },
    },
  };
}
