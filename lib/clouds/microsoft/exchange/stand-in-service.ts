/** An admin API for tests: unpacks calls, alone or in a batch, and answers them as the test says. Not used by the product. */
import { z } from "zod";
import { createHttp } from "@/lib/base/http";
import { quietLog } from "@/lib/base/log";
import { ok } from "@/lib/base/result";
import { json, type Received, type Reply, type StandIn, standIn } from "@/lib/base/stand-in";
import type { Tokens } from "../tokens";
import { createExchange } from "./exchange";

export const TENANT = "11111111-1111-4111-8111-111111111111";
export const NOW = 1_800_000_000_000;
const open: StandIn[] = [];
export const closeAll = () => Promise.all(open.splice(0).map((server) => server.close()));

type Call = { readonly CmdletName: string; readonly Parameters: Readonly<Record<string, unknown>> };
const envelope = z.strictObject({ CmdletInput: z.strictObject({ CmdletName: z.string(), Parameters: z.record(z.string(), z.unknown()) }) });
export const batch = z.object({
  requests: z.array(z.object({ id: z.string(), url: z.string(), headers: z.record(z.string(), z.string()), body: envelope })),
});

export const rows = (...value: readonly unknown[]) => ({ "@adminapi.warnings": [], value });
export const failure = (type: string, text: string, status = 400): Reply =>
  json(
    {
      error: {
        code: "BadRequest",
        message: "Invalid Operation",
        details: [{ code: "Client", target: "", message: `Ex6F9304|${type}|${text}` }],
        innererror: {
          message: "Invalid Operation",
          type: "Microsoft.Exchange.Admin.OData.Core.ODataServiceException",
          stacktrace: "",
          internalexception: { message: text, type, stacktrace: "" },
        },
      },
    },
    status,
  );

/** `answer` is asked for every call, alone or in a batch; `outer` sees a whole request first. */
export async function service(
  answer: (call: Call, nth: number) => Reply,
  options: { readonly outer?: (received: Received, nth: number) => Reply | undefined; readonly issuedAt?: number } = {},
) {
  const calls: Call[] = [];
  const batches: number[] = [];
  let requests = 0;
  const one = (call: Call) => {
    calls.push(call);
    return answer(call, calls.length);
  };
  const server = await standIn((received) => {
    requests++;
    const said = options.outer?.(received, requests);
    if (said !== undefined) return said;
    const body: unknown = JSON.parse(received.body);
    if (!received.url.endsWith("/$batch")) return one(envelope.parse(body).CmdletInput);
    const parts = batch.parse(body).requests;
    batches.push(parts.length);
    const responses = parts.map((part) => {
      const reply = one(part.body.CmdletInput);
      if (typeof reply === "string") throw new Error("A part cannot be dropped.");
      const text = reply.body === undefined ? null : reply.body.toString();
      return {
        id: part.id,
        status: reply.status ?? 200,
        headers: reply.headers ?? {},
        body: text?.startsWith("{") ? JSON.parse(text) : text,
      };
    });
    // In another order than asked: nobody may rely on it.
    return json({ responses: responses.reverse() });
  });
  open.push(server);
  const clock = { now: () => NOW };
  const pauses: number[] = [];
  const pause = async (ms: number) => void pauses.push(ms);
  const tokens: Tokens = {
    get: async (_, __, newerThan) => {
      const isNew = newerThan !== undefined && newerThan > 0;
      return ok({ text: isNew ? "new" : "old", issuedAt: isNew ? NOW : (options.issuedAt ?? NOW - 600_000), expiresAt: NOW + 3_000_000 });
    },
  };
  const http = createHttp({ clock, log: quietLog, pause });
  return { exchange: createExchange({ http, clock, tokens, exchangeUrl: server.url, pause }), server, calls, batches, pauses };
}

export const connector = {
  Guid: "g1",
  "Guid@data.type": "System.Guid",
  "Guid@odata.type": "#Guid",
  Name: "Ours",
  "SenderDomains@odata.type": "#Collection(String)",
  SenderDomains: ["smtp:*;1"],
  Enabled: true,
};
