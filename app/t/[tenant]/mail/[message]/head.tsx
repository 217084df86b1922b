/** Who sent a message to whom, when, under which subject, and what the vendor thinks of it. */
import type { ReactNode } from "react";
import { At } from "@/components/at";
import { CopyButton } from "@/components/copy-button";
import { Disposition, NO_SUBJECT } from "@/components/mail/row";
import { deliveryWords, modeWord } from "@/components/mail/words";
import { numbered } from "@/components/numbered";
import { Strange, StrangeWhole } from "@/components/strange";
import { figure } from "@/lib/model/figure";
import type { FoundMessage } from "@/lib/model/found-message";

function Fact({ name, children }: { readonly name: string; readonly children: ReactNode }) {
  return (
    <div className="grid gap-x-4 py-2 sm:grid-cols-[9rem_minmax(0,1fr)]">
      <dt className="text-subtle">{name}</dt>
      <dd className="min-w-0">{children}</dd>
    </div>
  );
}

const SHOWN = 10;

function People({ addresses }: { readonly addresses: readonly string[] }) {
  const line = ({ item, key }: { readonly item: string; readonly key: string }) => (
    <li key={key}>
      <Strange text={item} most={320} />
    </li>
  );
  const rest = addresses.slice(SHOWN);
  if (addresses.length === 0) return <span className="text-subtle">Nobody named</span>;
  return (
    <>
      <ul>{numbered(addresses.slice(0, SHOWN)).map(line)}</ul>
      {rest.length > 0 ? (
        <details>
          <summary className="text-subtle">{figure(rest.length)} more</summary>
          <ul>{numbered(rest).map(line)}</ul>
        </details>
      ) : null}
    </>
  );
}

function Exact({ value, what }: { readonly value: string; readonly what: string }) {
  if (value === "") return <span className="text-subtle">None</span>;
  return (
    <span className="flex items-start justify-between gap-3">
      <code className="value min-w-0">
        <Strange text={value} most={1_000} />
      </code>
      <CopyButton value={value} what={what} />
    </span>
  );
}

const isSame = (a: readonly string[], b: readonly string[]) => a.length === b.length && a.every((one) => b.includes(one));

export function Head({ message }: { readonly message: FoundMessage }) {
  const { subject, from, fromName, envelopeFrom, to, recipients, at, disposition, deliveryMode } = message;
  return (
    <div className="card px-5 py-4">
      <div className="mb-3 space-y-2 font-semibold text-lg text-strong leading-7">
        <StrangeWhole text={subject} most={300} empty={NO_SUBJECT} />
      </div>
      <dl className="divide-y divide-hairline">
        <Fact name="From">
          {fromName === "" ? null : (
            <>
              <StrangeWhole text={fromName} most={200} />{" "}
            </>
          )}
          <span className={fromName === "" ? "" : "text-subtle"}>
            <Strange text={from} most={320} empty="Nobody named" />
          </span>
        </Fact>
        {envelopeFrom !== "" && envelopeFrom !== from ? (
          <Fact name="Envelope sender">
            <Strange text={envelopeFrom} most={320} />
          </Fact>
        ) : null}
        <Fact name="In your company">
          <People addresses={recipients} />
        </Fact>
        {to.length > 0 && !isSame(to, recipients) ? (
          <Fact name="To">
            <People addresses={to} />
          </Fact>
        ) : null}
        <Fact name="Seen">{at > 0 ? <At at={at} /> : <span className="text-subtle">Not said</span>}</Fact>
        <Fact name="Disposition">
          <Disposition verdict={disposition} />
        </Fact>
        <Fact name="Delivery">
          {deliveryWords(message) || <span className="text-subtle">Not said</span>}
          {deliveryMode === "" ? null : <span className="text-subtle">, came by {modeWord(deliveryMode)}</span>}
        </Fact>
        <Fact name="Message-ID">
          <Exact value={message.messageId} what="Message-ID" />
        </Fact>
        {message.alertId === "" ? null : (
          <Fact name="Alert ID">
            <Exact value={message.alertId} what="alert ID" />
          </Fact>
        )}
      </dl>
    </div>
  );
}
