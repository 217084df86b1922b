/** What can be done with one message: kept as a file, moved, put back, released. */
import { PutBack, Release, Retract, type Target } from "@/components/mail/acts";
import { type FoundMessage, showsMove } from "@/lib/model/found-message";
import { draftOrder } from "../actions";

type Props = { readonly tenant: string; readonly message: FoundMessage; readonly raw: string; readonly at: number };

export function Acts({ tenant, message, raw, at }: Props) {
  const target: Target = { tenant, place: "trace", query: "", at, ids: [message.id], isAll: false };
  const given = { target, draft: draftOrder, what: "1 message" };
  return (
    <div className="no-print flex flex-wrap gap-3">
      {message.isQuarantined ? <Release {...given} isPrimary /> : <Retract {...given} isPrimary={!showsMove(message)} />}
      {!message.isQuarantined && showsMove(message) ? <PutBack {...given} /> : null}
      <a href={raw} download className="button">
        Download as .eml
      </a>
      <p className="w-full text-sm text-subtle">
        The file is the message as it came, attachments and all. What is malicious in it is still malicious: open it only where that does no
        harm.
      </p>
    </div>
  );
}
