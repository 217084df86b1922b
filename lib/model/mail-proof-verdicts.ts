/** What the two test messages prove, as checks: from what the mail servers said and what Microsoft's message trace shows. */
import { type Check, fail, pass, unknown, wait, warn } from "./check";
import { type Circumstances, isJunk, type Leg, mayBeThere, type Proof, type Said } from "./mail-proof";
import { type End, endOf } from "./mail-proof-end";
import { isVendorIp, type Vendor } from "./mail-proof-hops";
import { refusalIn } from "./mail-proof-refusals";

export const saidWords = ({ code, text }: Said): string => `${code === null ? "" : `${code} `}${text}`;
const HOUR_MS = 3_600_000;

const ABOUT = { mx: "The message by your mail records", direct: "The message straight at Microsoft" } as const;
const HANDING = { mx: "Handing over by your mail records", direct: "Handing over straight at Microsoft" } as const;
const CUT = "Cutover was interrupted while it sent this message, so it does not know whether it went out. It is not sent a second time.";

type Seen = { readonly proof: Proof; readonly leg: Leg; readonly end: End; readonly vendor: Vendor };

/** How handing it over went; nothing to say where the end says it all. */
function sentCheck({ proof, leg: { name, sending } }: Seen): readonly Check[] {
  const id = `${name}/sent`;
  const about = HANDING[name];
  if (sending.state === "not-sent") return [unknown(id, sending.problem, { about })];
  if (sending.state === "unsure")
    return [unknown(id, { code: "unsure", say: CUT, fix: "Look in the mailbox, or send two new ones." }, { about })];
  if (sending.state === "waiting" && sending.said)
    return [wait(id, `${sending.said.host} asks to come back later: ${saidWords(sending.said)}`, proof.dueAt ?? proof.madeAt, { about })];
  if (sending.state !== "accepted") return [];
  const { host, isEncrypted } = sending.said;
  if (isEncrypted) return [pass(id, `${host} took it, over TLS.`, { about })];
  return [
    warn(id, `${host} took it, but offers no encryption.`, "Ask whoever runs that host: mail to you crosses the internet readable.", {
      about,
    }),
  ];
}

function refusedCheck(id: string, text: string, who: string, about: string): Check {
  const { means, fix, step } = refusalIn(text);
  return fail(id, `${who} refused it: ${text}. ${means}`, fix, { about, ...(step === undefined ? {} : { step }) });
}

const textOf = ({ sending, trace }: Leg): string =>
  sending.state === "refused" ? saidWords(sending.said) : (trace?.refusal ?? "no reason is given");
const whoOf = ({ sending }: Leg): string => (sending.state === "refused" ? sending.said.host : "Microsoft");

function lateCheck({ proof, leg, end, vendor }: Seen, id: string, about: string): readonly Check[] {
  if (leg.traceProblem && mayBeThere(leg)) return [unknown(id, leg.traceProblem, { about })];
  if (end === "on-its-way" && proof.dueAt !== null)
    return [wait(id, "Microsoft's message trace does not show it yet. It usually takes some minutes.", proof.dueAt, { about })];
  if (end === "lost")
    return [
      warn(
        id,
        `${vendor.name} took it, and Microsoft's message trace does not show it two hours later.`,
        `Look for it at ${vendor.name}, in the mail trace and in its quarantine: it is held there, or could not be handed on.`,
        { about },
      ),
    ];
  return [];
}

function arrivedCheck(seen: Seen): readonly Check[] {
  const { leg, end } = seen;
  const about = ABOUT.mx;
  const id = "mx/arrived";
  const folder = leg.trace?.folder ?? null;
  if (end === "delivered" && isJunk(leg))
    return [warn(id, "It was delivered to Junk Email.", "Look at the headers below: they say why Microsoft took it for spam.", { about })];
  if (end === "delivered") return [pass(id, `It was delivered${folder === null ? "" : ` to the folder ${folder}`}.`, { about })];
  if (end === "held")
    return [
      warn(
        id,
        `Microsoft holds it back (${leg.trace?.status ?? "held"}).`,
        "Open it in Microsoft Defender > Email & collaboration > Review > Quarantine, read why, and paste its headers below.",
        {
          about,
        },
      ),
    ];
  if (end === "refused-wrongly") return [refusedCheck(id, textOf(leg), whoOf(leg), about)];
  return lateCheck(seen, id, about);
}

/** By which connector Microsoft counted it as coming in: enhanced filtering works on that one only (stories 15 and 16). */
function connectorCheck({ leg: { trace }, vendor }: Seen, circumstances: Circumstances | null): readonly Check[] {
  if (!trace || !circumstances?.isAtVendor || circumstances.connectors === null || trace.refusal !== null) return [];
  const id = "mx/connector";
  const about = "The connector that took it";
  if (trace.fromIp !== "" && !isVendorIp(trace.fromIp, vendor))
    return [
      fail(
        "mx/last-server",
        `${trace.fromIp} handed it to Microsoft, and that is none of ${vendor.name}'s addresses: another server stands in between.`,
        "Take that server out of the way of mail, or list it as a hop in the step about enhanced filtering.",
        { about: "The last server before Microsoft", step: "enhanced-filtering" },
      ),
    ];
  if (trace.connector === null)
    return [
      fail(
        id,
        `No connector of yours took it, although ${vendor.name} brought it.`,
        "Look at the step about the connector: it must hold all of the addresses.",
        {
          about,
          step: "inbound-connector",
        },
      ),
    ];
  const ours = circumstances.connectors.find((one) => one.name === trace.connector);
  if (!ours)
    return [
      fail(
        id,
        `“${trace.connector}” took it, which is not the connector for ${vendor.name}'s mail: enhanced filtering on the other one does nothing.`,
        "Turn enhanced filtering on for that connector too, or take the addresses out of it.",
        { about, step: "enhanced-filtering" },
      ),
    ];
  if (ours.isFiltering) return [pass(id, `“${ours.name}” took it, with enhanced filtering.`, { about })];
  return [
    fail(
      id,
      `“${ours.name}” took it, and enhanced filtering is not on for it, or not for everybody: Microsoft judges ${vendor.name}'s server, not the sender's.`,
      "Do the step about enhanced filtering.",
      { about, step: "enhanced-filtering" },
    ),
  ];
}

const OPEN_DOOR = "Whoever knows your tenant's own host still comes past";
function doorCheck(seen: Seen, circumstances: Circumstances | null): readonly Check[] {
  const { leg, end, vendor } = seen;
  const id = "direct/door";
  const about = "The door";
  const lock = circumstances?.lock ?? null;
  if (end === "refused-rightly") return [pass(id, `It was refused, as it should be: ${textOf(leg)}`, { about })];
  if (end === "refused-wrongly" && lock === "on")
    return [
      warn(
        id,
        `It was refused, but not by the lock: ${textOf(leg)}. ${refusalIn(textOf(leg)).means}`,
        "This proves nothing about the lock. Send again from another server, or later.",
        {
          about,
        },
      ),
    ];
  if (end === "refused-wrongly") return [refusedCheck(id, textOf(leg), whoOf(leg), about)];
  if (end === "delivered-wrongly")
    return [
      fail(
        id,
        "It was accepted, although the door should be locked.",
        "Look at the step that locks the door: its connector must be turned on, be for all senders (*), and be restricted to the addresses.",
        { about, step: "lock-down" },
      ),
    ];
  if (end !== "delivered" && end !== "held" && end !== "handed-over") return lateCheck(seen, "direct/arrived", ABOUT.direct);
  if (lock === "settling" && circumstances)
    return [
      wait(id, "It was still accepted: the lock was turned on less than an hour before.", circumstances.at + HOUR_MS, {
        about,
        fix: "Send two new ones then.",
      }),
    ];
  if (lock === null)
    return [
      unknown(
        id,
        {
          code: "not-asked",
          say: "It was accepted. Whether the door should be locked is not known.",
          fix: "Look at the step that locks the door.",
        },
        { about, step: "lock-down" },
      ),
    ];
  if (circumstances?.isAtVendor)
    return [
      warn(id, `It was accepted: the door is open. ${OPEN_DOOR} ${vendor.name}.`, "Lock the door when every domain has moved.", {
        about,
        step: "lock-down",
      }),
    ];
  return [pass(id, "It was accepted, as everything is before the switch.", { about })];
}

/** `seen`: the legs whose delivered message somebody pasted the headers of. */
export function verdictsOf(proof: Proof, vendor: Vendor, seen: { readonly mx: boolean; readonly direct: boolean }): readonly Check[] {
  const { legs, circumstances, isOpen } = proof;
  const of = (leg: Leg): Seen => ({ proof, leg, vendor, end: endOf(leg, circumstances, { isSeen: seen[leg.name], isOpen }) });
  const [mx, direct] = [of(legs.mx), of(legs.direct)];
  return [
    ...sentCheck(mx),
    ...arrivedCheck(mx),
    ...connectorCheck(mx, circumstances),
    ...(direct.leg.sending.state === "accepted" ? [] : sentCheck(direct)),
    ...doorCheck(direct, circumstances),
  ];
}
