/** Microsoft's own Graph client over our own HTTP: it puts a token only on https addresses of Graph, so the bearer is ours, for the one configured address. */
import { Client, type Context, type Middleware } from "@microsoft/microsoft-graph-client";
import { evidenceOf, type Http, jsonOf } from "@/lib/base/http";
import { no, ok, type Problem, type Result } from "@/lib/base/result";

export const SERVICE = "Microsoft Graph";
export type Came = {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: unknown;
  readonly evidence: Readonly<Record<string, string>>;
};

/** What the end of the chain saw: the client itself would only say that something was thrown. */
type Seen = { came: Result<Came> | null };

const textOf = (body: BodyInit | null | undefined): string | undefined => (typeof body === "string" ? body : undefined);

/** The end of the chain: sends what the client has made of the request, with our bearer, and only to the configured address. */
const sending = (http: Http, graphUrl: string, token: string, seen: Seen): Middleware => ({
  execute: async (context: Context) => {
    const url = typeof context.request === "string" ? context.request : context.request.url;
    if (new URL(url).origin !== new URL(graphUrl).origin) {
      seen.came = no("unreadable", `${SERVICE} sent us to another host, and we do not go there.`);
      throw new Error("another host");
    }
    const body = textOf(context.options?.body);
    const isRead = context.options?.method === "GET" || url.endsWith("/$batch");
    const answer = await http.request({
      service: SERVICE,
      method: context.options?.method === "POST" ? "POST" : "GET",
      url,
      headers: {
        authorization: `Bearer ${token}`,
        accept: "application/json",
        ...(body === undefined ? {} : { "content-type": "application/json" }),
      },
      // A batch of reads is a read.
      idempotent: isRead,
      timeoutMs: 20_000,
      ...(body === undefined ? {} : { body }),
    });
    if (!answer.ok) {
      seen.came = answer;
      throw new Error(answer.problem.say);
    }
    const { status, headers } = answer.value;
    const value = jsonOf(SERVICE, answer.value);
    seen.came = ok({ status, headers, body: value.ok ? value.value : null, evidence: evidenceOf(headers) });
    context.response = new Response(value.ok ? JSON.stringify(value.value) : "{}", {
      status,
      headers: { "content-type": "application/json" },
    });
  },
});

type Send = { readonly http: Http; readonly graphUrl: string; readonly token: string };

/** One request. Statuses are judged by the caller; only "no answer at all" is a problem here. */
export async function send({ http, graphUrl, token }: Send, path: string, body?: unknown): Promise<Result<Came>> {
  const seen: Seen = { came: null };
  const client = Client.initWithMiddleware({ baseUrl: `${graphUrl}/`, middleware: sending(http, graphUrl, token, seen) });
  const request = client.api(path);
  try {
    await (body === undefined ? request.get() : request.post(body));
  } catch (error) {
    // The client throws for every status but a success, and for what we threw ourselves: `seen` tells more than either.
    if (seen.came === null) throw error;
  }
  const lost: Problem = { code: "unreachable", say: `${SERVICE} did not answer.` };
  return seen.came ?? { ok: false, problem: lost };
}
