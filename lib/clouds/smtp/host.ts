/** How a mail server answers: its greeting, what it offers, whether it encrypts, and whether its certificate proves its name. */
import { ok, type Result } from "@/lib/base/result";
import { type Caller, call, noWayOut } from "./call";
import { type Certificate, certificateOf } from "./certificate";
import { meet } from "./ready";
import { textOf } from "./reply";
import type { Session } from "./session";

export type HostSaid = {
  readonly host: string;
  readonly address: string | null;
  readonly connected: boolean;
  readonly banner: string | null;
  readonly ehlo: boolean;
  /** The connection was encrypted, not only offered to be. */
  readonly starttls: boolean;
  readonly certificate: Certificate | null;
  /** How far it went, in words; null when all of it went well. A certificate that is wrong is told by the certificate. */
  readonly problem: string | null;
};

type Met = Pick<HostSaid, "ehlo" | "starttls" | "certificate" | "problem">;
const only = (problem: string, ehlo = false): Met => ({ ehlo, starttls: false, certificate: null, problem });

const REFUSES = { connect: "It refuses EHLO", tls: "It offers encryption and then refuses it" } as const;

async function introduced(session: Session, host: string, caller: Caller): Promise<Met> {
  const met = await meet(session, host, caller);
  if (met.stage === "encrypted") return { ehlo: true, starttls: true, certificate: certificateOf(met.socket, host), problem: null };
  if (met.stage === "plain") return only("It does not offer encryption (STARTTLS).", true);
  const { stage, failed } = met;
  return only(failed.ok ? `${REFUSES[stage]}: ${failed.value.code} ${textOf(failed.value)}` : failed.problem.say, stage === "tls");
}

export async function askHost(host: string, caller: Caller): Promise<Result<HostSaid>> {
  const said = await call(host, caller);
  if (!said.ok) return said;
  const { value } = said;
  if (value.kind === "unanswered") {
    const shut = await noWayOut(host, value, caller);
    return shut ?? ok({ host, address: value.address, connected: false, banner: null, ...only(value.say) });
  }
  const { address, session, greeting } = value;
  try {
    const connected = { host, address, connected: true, banner: greeting.ok ? textOf(greeting.value) : null };
    if (!greeting.ok) return ok({ ...connected, ...only(greeting.problem.say) });
    if (greeting.value.code !== 220) return ok({ ...connected, ...only(`It greets us with a refusal: ${greeting.value.code}.`) });
    return ok({ ...connected, ...(await introduced(session, host, caller)) });
  } finally {
    session.close();
  }
}
