/** Lets faults strike an HTTP call: waits, then says what to answer instead, or that the stand-in must lie. */
import { setTimeout as wait } from "node:timers/promises";
import type { Fault } from "./faults";
import { json, type SandboxResponse, text } from "./http";

export type Struck = { answer: SandboxResponse | null; lies: boolean };

const dropped: SandboxResponse = { status: 0, headers: {}, body: "", drop: true };

/** Latency is real time: the sandbox's clock is moved by tests, a socket's wait is not. */
export async function suffer(faults: Fault[]): Promise<Struck> {
  const slowMs = Math.max(0, ...faults.map((fault) => (fault.kind === "latency" ? (fault.ms ?? 0) : 0)));
  if (slowMs > 0) await wait(slowMs);
  const fault = faults.find((one) => one.kind !== "latency");
  return { answer: fault ? answerOf(fault) : null, lies: fault?.kind === "lie" };
}

function answerOf(fault: Fault): SandboxResponse | null {
  switch (fault.kind) {
    case "429":
      return json(
        429,
        { error: { code: "TooManyRequests", message: "Too many requests." } },
        { "retry-after": String(fault.retryAfter ?? 1) },
      );
    case "500":
      return json(500, { error: { code: "InternalServerError", message: "Error executing cmdlet" } });
    case "503":
      return text(503, "Service Unavailable");
    case "drop":
      return dropped;
    case "concurrency":
      // Plain text where JSON is expected; the status is not on record (EXOH), 400 is the one a client is least ready for.
      return text(400, "You have reached the maximum number of concurrent requests per tenant. Please wait and try again");
    case "transient":
      return json(400, transientBody);
    default:
      return null;
  }
}

const transientText =
  "[Server=SANDBOX] The cmdlet could not be proxied: CmdletProxyNotAvailableFailure. The issue may be transient, please try again.";
const transientType = "Microsoft.Exchange.Configuration.Core.CmdletProxyException";
const transientBody = {
  error: {
    code: "BadRequest",
    message: "Error executing cmdlet",
    details: [{ code: "Client", target: "", message: `ExA1B2C3|${transientType}|${transientText}` }],
    innererror: {
      message: "Error executing cmdlet",
      type: "Microsoft.Exchange.Admin.OData.Core.ODataServiceException",
      stacktrace: "",
      internalexception: { message: transientText, type: transientType, stacktrace: "" },
    },
  },
};
