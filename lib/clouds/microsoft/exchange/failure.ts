/** What a failed cmdlet call means. The exception's type decides, then the status, the constant outer message never. Source: facts/exchange-api.md 6. */
import { z } from "zod";
import type { Passing } from "@/lib/base/http";
import type { Problem } from "@/lib/base/result";

export type Failed = {
  readonly status: number /** Parsed where it was JSON, else the text. */;
  readonly body: unknown;
  readonly evidence: Readonly<Record<string, string>>;
};
export type Said = { readonly type: string; readonly text: string };

const object = z.record(z.string(), z.unknown());

/** A member by name, whatever its case: `internalexception` and `internalException` both occur. */
function member(of: unknown, name: string): unknown {
  const read = object.safeParse(of);
  if (!read.success) return undefined;
  const key = Object.keys(read.data).find((one) => one.toLowerCase() === name);
  return key === undefined ? undefined : read.data[key];
}

const textOf = (value: unknown): string => (typeof value === "string" ? value : "");

function json(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** `Ex6F9304|Type|text`, `|Type|text`, or a JSON string with Message and TypeName. */
function detail(message: string): Said {
  if (message.startsWith("{")) {
    const inner = json(message);
    return { type: textOf(member(inner, "typename")), text: textOf(member(inner, "message")) };
  }
  const [first = "", type = "", ...rest] = message.split("|");
  return rest.length > 0 ? { type, text: rest.join("|") } : { type: "", text: type === "" ? first : message };
}

/** The one useful message of an error, and the type of exception that carried it. */
export function saidBy(body: unknown): Said {
  if (typeof body === "string") return { type: "", text: body };
  const error = member(body, "error");
  const internal = member(member(error, "innererror"), "internalexception");
  const details = member(error, "details");
  const [first] = Array.isArray(details) ? details : [];
  const fromDetails = detail(textOf(member(first, "message")));
  const type = textOf(member(internal, "type")) || fromDetails.type;
  const text = textOf(member(internal, "message")) || fromDetails.text || textOf(member(error, "message"));
  return { type, text };
}

const NOT_BEGUN = /maximum number of concurrent requests|CmdletProxyNotAvailableFailure|ServerBusyException|ServerBusy\b/i;
const TRANSIENT = /TransientException|BackendCommunicationException|UnableToWriteToAadException|issue may be transient/i;
const isNulRun = (text: string): boolean => text.length > 0 && /^\0+$/.test(text);

/** Whether to send again; null: the status decides. Refusals with a known type are final even when they come as a 500. */
export function passingOfBody(status: number, body: unknown): Passing | null {
  if (status < 400) return "final";
  const { type, text } = saidBy(body);
  if (NOT_BEGUN.test(text) || NOT_BEGUN.test(type)) return "not-done";
  if (TRANSIENT.test(text) || TRANSIENT.test(type)) return "maybe-done";
  return KINDS.some(({ when }) => when(type, text, status)) ? "final" : null;
}

type Kind = {
  readonly when: (type: string, text: string, status: number) => boolean;
  readonly means: (text: string, cmdlet: string) => Pick<Problem, "code" | "say" | "fix" | "step">;
};

const named = (pattern: RegExp) => (type: string) => pattern.test(type);
const short = (text: string): string => (text.length > 600 ? `${text.slice(0, 600)}…` : text);
const ROLE = "Exchange Administrator";
const refusedRole = (cmdlet: string): Pick<Problem, "code" | "say" | "fix"> => ({
  code: "denied",
  say: `Exchange Online does not let this application run ${cmdlet}: it lacks the ${ROLE} role, or was given it only minutes ago.`,
  fix: `Give the application the ${ROLE} role in the Microsoft Entra admin center, under Roles & admins, and look again.`,
});

const KINDS: readonly Kind[] = [
  {
    when: (type, text) =>
      /InvalidOperationInDehydratedContextException/i.test(type) || /need to run the command: Enable-OrganizationCustomization/i.test(text),
    means: () => ({
      code: "not-ready",
      say: "Microsoft has not made your organisation ready to be customised yet.",
      fix: "Open “Allow your organisation to be customised”; after that it takes minutes, at times up to a day.",
      step: "organization-customization",
    }),
  },
  { when: named(/AlreadyExists|ProxyAddressExists/i), means: (text) => ({ code: "exists", say: short(text) }) },
  { when: (_, text) => /\balready exists\b/i.test(text), means: (text) => ({ code: "exists", say: short(text) }) },
  {
    when: (type, _, status) => /ManagementObjectNotFoundException/i.test(type) || status === 404,
    means: (text) => ({
      code: "gone",
      say: text === "" ? "Exchange Online does not know this object." : short(text),
      fix: "Look again: it may have been removed or renamed.",
    }),
  },
  {
    when: (_, text) => /not present in the role definition|isn't supported in this scenario|AccessDenied/i.test(text),
    means: (_, cmdlet) => refusedRole(cmdlet),
  },
  {
    when: (_, text) => /Expired or Invalid pagination request/i.test(text),
    means: () => ({ code: "unreadable", say: "Exchange Online did not let us read a long list to its end.", fix: "Look again." }),
  },
  {
    when: named(
      /AmbiguousParameterSetException|ParameterTransformationException|ParameterBinding|ValidationException|InvalidOperationException/i,
    ),
    means: (text) => ({ code: "rejected", say: `Exchange Online refused: ${short(text)}` }),
  },
];

/** A cmdlet's failure as a problem. */
export function problemOf(failed: Failed, cmdlet: string): Problem {
  const { status, body } = failed;
  const { type, text } = saidBy(body);
  const evidence = {
    ...failed.evidence,
    cmdlet,
    status: String(status),
    ...(type === "" ? {} : { type }),
    ...(text === "" || isNulRun(text) ? {} : { text: short(text) }),
  };
  const passing = passingOfBody(status, body);
  if (status === 429 || passing === "not-done")
    return {
      code: "throttled",
      say: "Exchange Online asks us to slow down.",
      fix: "Wait; we look again by ourselves.",
      evidence,
    };
  if (status === 401) {
    return {
      code: "consent-missing",
      say: "Exchange Online does not accept this application.",
      fix: "Give consent (Exchange.ManageAsApp) in the connect step; a new one takes minutes to be known.",
      evidence,
    };
  }
  if (status === 403) return { ...refusedRole(cmdlet), evidence };
  const kind = KINDS.find(({ when }) => when(type, text, status));
  if (kind !== undefined) return { ...kind.means(text, cmdlet), evidence };
  if (passing === "maybe-done" || status >= 500 || status === 408)
    return {
      code: "unreachable",
      say: `Exchange Online is not working properly at the moment (${status}).`,
      fix: "Try again in a few minutes.",
      evidence,
    };
  return {
    code: "rejected",
    say: text === "" || isNulRun(text) ? `Exchange Online refused (${status}).` : `Exchange Online refused: ${short(text)}`,
    evidence,
  };
}

/** Enable-OrganizationCustomization of an organisation that already is: what was wanted is so. */
export const isAlreadySo = (body: unknown): boolean => /already enabled for customization/i.test(saidBy(body).text);

const IN_ALREADY = /MemberAlreadyExistsException|already a member/i;
/** The exception's name is not on record; the text is. */
const NOT_IN = /MemberNotFoundException|(is not|isn['’]t) a member/i;

/** Who is to be added is in, or who is to be taken out is not: what was wanted is so. */
export function isMemberAlready(body: unknown, cmdlet: string): boolean {
  const { type, text } = saidBy(body);
  const said = `${type} ${text}`;
  if (cmdlet === "Add-DistributionGroupMember") return IN_ALREADY.test(said);
  return cmdlet === "Remove-DistributionGroupMember" && NOT_IN.test(said);
}
