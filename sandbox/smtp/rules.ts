/** Who takes what: the judgement of each kind of mail server at RCPT TO and after DATA. */
import { journalData, journalRcpt } from "../journal/receiver";
import { isJournalDomain } from "../journal/service-addresses";
import { domainOf } from "../mail/headers";
import { gatewayData, gatewayRcpt, microsoftData, microsoftRcpt, type Reply, type Session, vendorData, vendorRcpt } from "../mail/index";
import type { World } from "../world";
import type { Role } from "./hosts";
import { keepSent } from "./outbox";

export type Rules = {
  banner: string;
  /** Null = go on, else the refusal. */
  rcpt(world: World, session: Session, rcpt: string): Reply | null;
  data(world: World, session: Session, rcpts: string[], raw: Buffer): Reply;
};

const isForJournal = (rcpt: string) => isJournalDomain(domainOf(rcpt));

const refusal: Reply = { code: 550, text: "5.7.1 Relaying denied" };

export const rulesOf: Record<Role, Rules> = {
  microsoft: { banner: "Microsoft ESMTP MAIL Service ready", rcpt: microsoftRcpt, data: microsoftData },
  vendor: {
    banner: "ready",
    rcpt: (world, session, rcpt) => (isForJournal(rcpt) ? journalRcpt(world, rcpt) : vendorRcpt(world, session, rcpt)),
    data: (world, session, rcpts, raw) => {
      for (const rcpt of rcpts.filter(isForJournal)) journalData(world, session, rcpt, raw);
      return vendorData(
        world,
        session,
        rcpts.filter((rcpt) => !isForJournal(rcpt)),
        raw,
      );
    },
  },
  gateway: { banner: "ready", rcpt: gatewayRcpt, data: gatewayData },
  reference: { banner: "ready", rcpt: () => refusal, data: () => refusal },
  outgoing: {
    banner: "ready",
    rcpt: () => null,
    data: (world, session, rcpts, raw) => ({ code: 250, text: `2.0.0 Ok: queued as ${keepSent(world, session.mailFrom, rcpts, raw).id}` }),
  },
};
