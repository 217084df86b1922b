/** Naming a mailbox, seeing what would be sent, and agreeing to it with the button that names it. */
import { ActionForm } from "@/components/action-form";
import { Go } from "@/components/go";
import { Note } from "@/components/note";
import type { MailProofView } from "@/lib/model/mail-proof-view";
import { sendProof } from "./actions";

type Props = { readonly tenant: string; readonly view: MailProofView };

/** A plain form that leads here again: what is typed stands in the address, and works without the browser's help. */
export function NameMailbox({ tenant, view: { domains, typed, why, proof } }: Props) {
  const value = typed || proof?.address || "";
  return (
    <form method="get" action={`/t/${tenant}/proof`} className="space-y-4" noValidate>
      <div className="space-y-1">
        <label htmlFor="to" className="block font-medium text-strong">
          A mailbox of yours
        </label>
        <p id="to-hint" className="text-subtle">
          One that you can open, in {domains.length === 0 ? "a domain you chose" : domains.join(", ")}.
        </p>
        {why ? (
          <p id="to-error" className="font-medium text-danger">
            <span className="sr-only">Error: </span>
            {why}
          </p>
        ) : null}
        <input
          id="to"
          name="to"
          className="input"
          type="text"
          inputMode="email"
          autoComplete="off"
          spellCheck={false}
          defaultValue={value}
          placeholder={`name@${domains[0] ?? "company.com"}`}
          aria-invalid={why !== null}
          aria-describedby={why ? "to-hint to-error" : "to-hint"}
        />
      </div>
      <button type="submit" className="button">
        Show what will be sent
      </button>
    </form>
  );
}

/** Both messages with their way, before anything goes out. */
export function Agree({ tenant, plan }: { readonly tenant: string; readonly plan: NonNullable<MailProofView["plan"]> }) {
  return (
    <div className="space-y-4">
      <ol className="card divide-y divide-hairline">
        {plan.messages.map(({ subject, hosts, expect }) => (
          <li key={subject} className="space-y-1 px-4 py-3 sm:px-5">
            <p className="font-medium text-strong">“{subject}”</p>
            <p className="break-words">
              From <span className="value">{plan.from}</span> to <span className="value">{plan.address}</span>,{" "}
              {hosts.length === 0 ? (
                "by the host that is found when it is sent"
              ) : (
                <>
                  by <span className="value">{hosts.join(", ")}</span>
                </>
              )}
            </p>
            <p className="text-subtle">{expect}</p>
          </li>
        ))}
      </ol>
      <ActionForm
        action={sendProof}
        hidden={{ _tenant: tenant, _to: plan.address }}
        submit={`Send two test messages to ${plan.address}`}
        busy="Sending…"
      />
    </div>
  );
}

export function Barred({ tenant, view }: Props) {
  if (view.barred)
    return (
      <Note tone="warning" title={view.barred.say}>
        <p>{view.barred.fix}</p>
      </Note>
    );
  return (
    <Note tone="info" title="No domain is chosen yet">
      <p>
        Test messages go to mailboxes in the domains of this setup.{" "}
        <Go href={`/t/${tenant}/connect/choose-domains`}>Choose your domains</Go>
      </p>
    </Note>
  );
}
