/** `/$batch`: up to 20 calls in one; each succeeds, fails and is throttled for itself, and the whole is a 200. */
import { z } from "zod";
import { json, type SandboxRequest, type SandboxResponse } from "../http";
import { atMost } from "../turn";
import { isOfMail } from "./call";
import { type GraphError, graphErrors } from "./errors";
import { mostAtOnce } from "./throttle";

const MOST = 20;

const item = z.object({
  id: z.string().min(1),
  method: z.enum(["GET", "POST", "PATCH", "PUT", "DELETE"]),
  url: z.string(),
  headers: z.record(z.string(), z.string()).default({}),
  body: z.unknown().optional(),
  dependsOn: z.array(z.string()).default([]),
});
const shape = z.object({ requests: z.array(item).min(1) });
type BatchItem = z.infer<typeof item>;

interface ItemAnswer {
  id: string;
  status: number;
  headers: Record<string, string>;
  body: unknown;
}

function parse(body: Buffer): z.infer<typeof shape> | null {
  try {
    const parsed = shape.safeParse(JSON.parse(body.toString("utf8")));
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
}

/** What makes the whole batch a 400. */
function wholeFault(requests: BatchItem[]): GraphError | null {
  if (requests.length > MOST) return graphErrors.bad(`Number of batch request steps exceeds the maximum value of ${MOST}.`, "BadRequest");
  const ids = requests.map((one) => one.id.toLowerCase());
  const twice = ids.find((id, at) => ids.indexOf(id) !== at);
  if (twice !== undefined) return graphErrors.bad(`Batch request id '${twice}' is not unique.`, "BadRequest");
  // a step may only wait for one that stands before it: that is also what keeps circles out
  const early = requests.find((one, at) => one.dependsOn.some((id) => !ids.slice(0, at).includes(id.toLowerCase())));
  if (early) return graphErrors.bad(`Batch request '${early.id}' depends on a request that does not stand before it.`, "BadRequest");
  const untyped = requests.find(
    (one) => one.body !== undefined && !Object.keys(one.headers).some((name) => name.toLowerCase() === "content-type"),
  );
  return untyped ? graphErrors.bad(`Content-Type header is required for batch request '${untyped.id}' with a body.`, "BadRequest") : null;
}

function requestOf(one: BatchItem, outer: SandboxRequest): SandboxRequest {
  const headers = Object.fromEntries(Object.entries(one.headers).map(([name, value]) => [name.toLowerCase(), value]));
  return {
    method: one.method,
    url: new URL(`${outer.url.origin}/v1.0/${one.url.replace(/^\/+/, "")}`),
    headers: { authorization: outer.headers.authorization ?? "", ...headers },
    body: Buffer.from(one.body === undefined ? "" : JSON.stringify(one.body)),
  };
}

function answerOf(id: string, response: SandboxResponse): ItemAnswer {
  // names as Graph writes them inside a batch
  const spelling: Record<string, string> = { "retry-after": "Retry-After", "content-type": "Content-Type" };
  const headers = Object.fromEntries(Object.entries(response.headers).map(([name, value]) => [spelling[name] ?? name, value]));
  const text = response.body.toString();
  return { id, status: response.status, headers, body: text.startsWith("{") ? JSON.parse(text) : text };
}

const failedDependency = (id: string): ItemAnswer => ({
  id,
  status: 424,
  headers: {},
  body: { error: { code: "FailedDependency", message: "This request depends on a request that failed." } },
});

type Call = (request: SandboxRequest) => Promise<SandboxResponse>;

/** Calls about mail wait for each other inside a batch: four run at once (throttling limits, Outlook). */
function fourOfMail(call: Call): Call {
  const turn = atMost(mostAtOnce);
  return (request) => (isOfMail(request.url.pathname.replace(/^\/v1\.0/, "")) ? turn(() => call(request)) : call(request));
}

/** The batch's answer, or what is wrong with it as a whole. `single` makes one call as if it had come alone. */
export async function batch(outer: SandboxRequest, single: Call): Promise<SandboxResponse | GraphError> {
  const parsed = parse(outer.body);
  if (!parsed) return graphErrors.bad("Invalid batch payload format.", "BadRequest");
  const fault = wholeFault(parsed.requests);
  if (fault) return fault;
  const call = fourOfMail(single);
  const running = new Map<string, Promise<SandboxResponse | null>>();
  const run = async (one: BatchItem): Promise<SandboxResponse | null> => {
    const before = await Promise.all(one.dependsOn.map((id) => running.get(id.toLowerCase())));
    return before.some((answer) => !answer || answer.status >= 400) ? null : call(requestOf(one, outer));
  };
  for (const one of parsed.requests) running.set(one.id.toLowerCase(), run(one));
  const answers = await Promise.all([...running.values()]);
  const broken = answers.find((answer) => answer?.drop);
  if (broken) return broken;
  const responses = parsed.requests.map(({ id }, at) => {
    const answer = answers[at];
    return answer ? answerOf(id, answer) : failedDependency(id);
  });
  return json(200, { responses });
}
