/** The way of a test message as a picture made of words: station by station, what each said, and how far it came. */
import { type Circumstances, isJunk, type Leg, type Proof } from "./mail-proof";
import { type End, endOf } from "./mail-proof-end";
import { entryOf, type Hop, isVendorHop, type Vendor } from "./mail-proof-hops";
import type { Signs } from "./mail-proof-signs";
import { saidWords } from "./mail-proof-verdicts";

export type StopState = "passed" | "here" | "refused" | "ahead" | "unknown";
export type Stop = {
  readonly name: string;
  /** Host or address. */
  readonly note: string;
  readonly says: readonly string[];
  readonly state: StopState;
  readonly at: number | null;
  readonly delayMs: number | null;
  readonly isOurs: boolean;
};
export type WayTone = "good" | "bad" | "look" | "going" | "none";
export type MailPath = {
  readonly leg: Leg["name"];
  readonly title: string;
  readonly end: End;
  readonly word: string;
  readonly tone: WayTone;
  readonly stops: readonly Stop[];
};

const TITLES = { mx: "By your mail records", direct: "Straight at Microsoft, past your mail records" } as const;
const WORDS: Readonly<Record<End, readonly [word: string, tone: WayTone]>> = {
  "not-sent": ["Not sent", "none"],
  "on-its-way": ["On its way", "going"],
  "handed-over": ["Handed over, and not looked for", "look"],
  delivered: ["Delivered", "good"],
  held: ["Held back by Microsoft", "look"],
  "refused-rightly": ["Refused, as it should be", "good"],
  "refused-wrongly": ["Refused, though it should not be", "bad"],
  "delivered-wrongly": ["Accepted, though it should be refused", "bad"],
  lost: ["Not seen at Microsoft", "look"],
  unsure: ["Not sure whether it was sent", "look"],
};

function wordOf(leg: Leg, end: End, circumstances: Circumstances | null): readonly [string, WayTone] {
  if (leg.name === "direct" && end === "refused-wrongly" && circumstances?.lock === "on") return ["Refused, but not by the lock", "look"];
  if (end === "delivered" && isJunk(leg)) return ["Delivered to Junk Email", "look"];
  if (leg.name === "direct" && end === "delivered" && circumstances?.isAtVendor) return ["Delivered: the door is open", "look"];
  return WORDS[end];
}

/** Who takes the message from us. */
type First = "vendor" | "other" | "microsoft";
type Draw = {
  readonly leg: Leg;
  readonly end: End;
  readonly first: First;
  readonly proof: Proof;
  readonly vendor: Vendor;
  readonly hops: readonly Hop[];
};

const hostOf = ({ leg, proof: { circumstances } }: Draw): string => {
  const said = "said" in leg.sending ? leg.sending.said?.host : undefined;
  return said ?? (leg.name === "mx" ? circumstances?.mxHosts?.[0] : circumstances?.ownHost) ?? "";
};

/** How far it came, of: us, the first server, Microsoft, the mailbox. */
const STATES: Readonly<Record<End, readonly [StopState, StopState, StopState, StopState]>> = {
  "not-sent": ["here", "ahead", "ahead", "ahead"],
  "on-its-way": ["passed", "here", "ahead", "ahead"],
  "handed-over": ["passed", "passed", "unknown", "unknown"],
  delivered: ["passed", "passed", "passed", "here"],
  "delivered-wrongly": ["passed", "passed", "passed", "here"],
  held: ["passed", "passed", "here", "ahead"],
  "refused-rightly": ["passed", "refused", "ahead", "ahead"],
  "refused-wrongly": ["passed", "refused", "ahead", "ahead"],
  lost: ["passed", "here", "unknown", "unknown"],
  unsure: ["here", "unknown", "unknown", "unknown"],
};
/** A refusal that only message trace tells of was Microsoft's, behind the first server. */
const REFUSED_LATER = ["passed", "passed", "refused", "ahead"] as const;

function statesOf({ leg, end }: Draw): readonly [StopState, StopState, StopState, StopState] {
  return end.startsWith("refused") && leg.sending.state !== "refused" ? REFUSED_LATER : STATES[end];
}

const hopAt = (hop: Hop | null | undefined): Pick<Stop, "at" | "delayMs"> => ({ at: hop?.at ?? null, delayMs: hop?.delayMs ?? null });
const when = (leg: Leg): number | null => ("at" in leg.sending ? leg.sending.at : null);

function firstSaid({ leg }: Draw): readonly string[] {
  const { sending } = leg;
  if (sending.state === "not-sent") return [sending.problem.say];
  return "said" in sending && sending.said ? [`It said: ${saidWords(sending.said)}`] : [];
}

function vendorStop(draw: Draw, state: StopState): Stop {
  const hop = draw.hops.find(isVendorHop);
  const isVendor = draw.first === "vendor";
  const name = isVendor ? draw.vendor.product : "Your mail host";
  return { name, note: hostOf(draw), says: firstSaid(draw), state, isOurs: isVendor, ...hopAt(hop) };
}

/** Servers that were seen between the vendor and Microsoft. */
function betweenStops({ hops }: Draw): readonly Stop[] {
  const entry = entryOf(hops);
  const vendorAt = hops.findLastIndex(isVendorHop);
  if (entry === null || vendorAt === -1) return [];
  return hops.slice(vendorAt + 1, hops.indexOf(entry)).map((hop) => ({
    ...{ name: "Another server", note: hop.by, says: ["It stands between the two."], state: "passed" as const, isOurs: false },
    ...hopAt(hop),
  }));
}

/** What message trace tells of Microsoft's part. Straight at Microsoft no connector is needed. */
function microsoftSays({ leg: { name, trace }, proof: { circumstances } }: Draw): readonly string[] {
  if (!trace) return [];
  if (trace.refusal !== null) return [`It said: ${trace.refusal}`];
  const isNamed = name === "mx" && circumstances?.isAtVendor;
  const connector = trace.connector !== null ? [`“${trace.connector}” took it.`] : isNamed ? ["No connector of yours took it."] : [];
  return [...connector, ...(trace.rules.length > 0 ? [`Mail flow rules: ${trace.rules.join(", ")}.`] : [])];
}

function microsoftStop(draw: Draw, state: StopState): Stop {
  const { first, hops, proof } = draw;
  const isFirst = first === "microsoft";
  const says = [...(isFirst ? firstSaid(draw) : []), ...microsoftSays(draw)];
  const note = isFirst ? hostOf(draw) : (proof.circumstances?.ownHost ?? "");
  return { name: "Microsoft 365", note, says, state, isOurs: false, ...hopAt(entryOf(hops)) };
}

function stopsOf(draw: Draw): readonly Stop[] {
  const { leg, first, proof, hops } = draw;
  const [us, taken, microsoft, mailbox] = statesOf(draw);
  const isHere = first === "microsoft";
  const folder = leg.trace?.folder ?? null;
  // Straight at Microsoft, the first server is Microsoft: the further of the two states says more.
  const atMicrosoft =
    isHere && (taken === "refused" || taken === "here" || taken === "unknown")
      ? taken
      : isHere && microsoft === "unknown"
        ? "passed"
        : microsoft;
  return [
    { name: "Cutover", note: proof.from, says: [], state: us, at: when(leg), delayMs: null, isOurs: false },
    ...(isHere ? [] : [vendorStop(draw, taken), ...betweenStops(draw)]),
    microsoftStop(draw, atMicrosoft),
    {
      ...{ name: "The mailbox", note: proof.address, says: folder === null ? [] : [`Folder ${folder}`], state: mailbox, isOurs: false },
      ...hopAt(mailbox === "here" ? hops.at(-1) : null),
    },
  ];
}

function firstOf(leg: Leg, { circumstances }: Proof): First {
  if (leg.name === "direct") return "microsoft";
  if (circumstances?.isAtVendor) return "vendor";
  const host = circumstances?.mxHosts?.[0] ?? "";
  return host === "" || host === circumstances?.ownHost || /\.(mail\.protection\.outlook\.com|mx\.microsoft)$/.test(host)
    ? "microsoft"
    : "other";
}

/** `signs`: of this message as it was delivered, where somebody pasted them. */
export function pathOf(proof: Proof, leg: Leg, vendor: Vendor, signs: Signs | null): MailPath {
  const end = endOf(leg, proof.circumstances, { isSeen: signs !== null, isOpen: proof.isOpen });
  const [word, tone] = wordOf(leg, end, proof.circumstances);
  const draw = { leg, end, first: firstOf(leg, proof), proof, vendor, hops: signs?.hops ?? [] };
  return { leg: leg.name, title: TITLES[leg.name], end, word, tone, stops: stopsOf(draw) };
}
