/** Messages of an order, one a row: what they are, and what became of each in each mailbox. All of it was written by strangers, so it is text in its own direction. */

import { FOLDER_NAMES } from "@/lib/model/destinations";
import { figure } from "@/lib/model/figure";
import type { ItemState } from "@/lib/model/mail-order";
import type { ItemView, ResultView } from "@/lib/usecases/views/mail-orders";
import { At } from "./at";
import { Countdown } from "./countdown";
import { Go } from "./go";
import { dispositionOf } from "./mail/words";
import { Mark, type MarkKind } from "./mark";
import { numbered } from "./numbered";
import { Strange } from "./strange";
import { Tag, type Tone } from "./tag";

const STATES: Readonly<Record<ItemState, { readonly word: string; readonly tone: Tone; readonly mark: MarkKind }>> = {
  waiting: { word: "Waiting", tone: "neutral", mark: "wait" },
  asked: { word: "Under way", tone: "progress", mark: "busy" },
  done: { word: "Done", tone: "success", mark: "right" },
  failed: { word: "Failed", tone: "danger", mark: "wrong" },
  left: { word: "Left alone", tone: "neutral", mark: "unknown" },
};

/** So many are named where they stand; the others unfold. */
const MOST_NAMED = 3;

function To({ recipients }: Pick<ItemView, "recipients">) {
  const named = recipients.slice(0, MOST_NAMED);
  const others = recipients.slice(MOST_NAMED);
  return (
    <>
      <span>
        to{" "}
        {numbered(named).map(({ item, key }) => (
          <span key={key}>
            {key === "0" ? "" : ", "}
            <Strange text={item} />
          </span>
        ))}
        {recipients.length === 0 ? "nobody named" : ""}
      </span>
      {others.length > 0 ? (
        <details>
          <summary className="py-1">and {figure(others.length)} more</summary>
          <ul className="pb-1 pl-4">
            {numbered(others).map(({ item, key }) => (
              <li key={key}>
                <Strange text={item} />
              </li>
            ))}
          </ul>
        </details>
      ) : null}
    </>
  );
}

function Result({ result: { recipient, success, say, remedy } }: { readonly result: ResultView }) {
  return (
    <li>
      <p className={`flex items-start gap-1.5 ${success ? "text-success" : "text-danger"}`}>
        <span className="mt-1 shrink-0">
          <Mark kind={success ? "right" : "wrong"} />
        </span>
        <span>
          <span className="font-medium">
            <Strange text={recipient} />
          </span>
          : {say}
        </span>
      </p>
      {remedy ? <p className="pl-5.5 text-subtle">{remedy}</p> : null}
    </li>
  );
}

function Results({ results }: Pick<ItemView, "results">) {
  // What went wrong is never folded away.
  const failed = results.filter(({ success }) => !success);
  const right = results.filter(({ success }) => success);
  const list = (some: readonly ResultView[]) => numbered(some).map(({ item, key }) => <Result key={key} result={item} />);
  if (results.length === 0) return null;
  return (
    <div className="space-y-1 text-[0.9375rem]">
      {failed.length > 0 ? <ul className="space-y-1">{list(failed)}</ul> : null}
      {right.length > MOST_NAMED ? (
        <details>
          <summary className="py-1 text-success">Done for {figure(right.length)} people</summary>
          <ul className="space-y-1 pb-1 pl-4">{list(right)}</ul>
        </details>
      ) : right.length > 0 ? (
        <ul className="space-y-1">{list(right)}</ul>
      ) : null}
    </div>
  );
}

function Again({ item: { state, retryAt, tries } }: { readonly item: ItemView }) {
  if (state !== "failed" || retryAt === null) return null;
  return (
    <p className="text-sm text-subtle">
      It is tried again by itself at <At at={retryAt} /> (<Countdown until={retryAt} />
      ). Tried {tries === 1 ? "once" : `${tries} times`} so far.
    </p>
  );
}

type Props = {
  readonly tenant: string;
  readonly items: readonly ItemView[];
  /** Before it is agreed to, no message has a state. `to`: where each would go, where they go to different places. */
  readonly show: "state" | "to" | "neither";
};

function Sign({ item, show }: { readonly item: ItemView; readonly show: Props["show"] }) {
  if (show === "neither") return null;
  const { word, tone, mark } = STATES[item.state];
  return (
    <p className="shrink-0 sm:w-36">
      {show === "state" ? (
        <Tag tone={tone}>
          <Mark kind={mark} />
          {word}
        </Tag>
      ) : (
        <span className="text-subtle">{item.destination === null ? "No action" : `To ${FOLDER_NAMES[item.destination]}`}</span>
      )}
    </p>
  );
}

function Verdict({ disposition }: Pick<ItemView, "disposition">) {
  const known = dispositionOf(disposition);
  return known ? (
    <p>
      <Tag tone={known.tone}>{known.word}</Tag>
    </p>
  ) : null;
}

export const messageHref = (tenant: string, message: string): string => `/t/${tenant}/mail/${encodeURIComponent(message)}`;

export function MailItems({ tenant, items, show }: Props) {
  return (
    <ol className="card divide-y divide-hairline">
      {items.map((item) => (
        <li key={item.message} className="flex flex-col gap-x-4 gap-y-1.5 px-4 py-3 sm:flex-row sm:px-5">
          <Sign item={item} show={show} />
          <div className="min-w-0 flex-1 space-y-1">
            <p className="font-medium">
              <Go href={messageHref(tenant, item.message)}>
                <Strange text={item.subject} empty="No subject" />
              </Go>
            </p>
            <div className="text-sm text-subtle">
              from <Strange text={item.from} empty="nobody named" /> <To recipients={item.recipients} />
            </div>
            {item.say ? <p>{item.say}</p> : null}
            <Results results={item.results} />
            <Again item={item} />
          </div>
          <div className="flex shrink-0 gap-x-3 text-sm text-subtle sm:block sm:text-right">
            <Verdict disposition={item.disposition} />
            {item.at > 0 ? (
              <p>
                <At at={item.at} />
              </p>
            ) : null}
          </div>
        </li>
      ))}
    </ol>
  );
}
