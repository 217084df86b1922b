/** The token that is held: all that is shown of it, which account it is for, and what can be done with it. */
import { ActionForm } from "@/components/action-form";
import { At } from "@/components/at";
import { Field } from "@/components/field";
import { ProblemBox } from "@/components/problem-box";
import type { CloudflareView } from "@/lib/usecases/views";
import { chooseAccount, removeToken, verifyToken } from "./actions";

type Held = NonNullable<CloudflareView["token"]>;

const ID_HINT =
  "32 letters and digits. In the dashboard it stands in the address of every page of the account, after dash.cloudflare.com/.";

function Facts({ token }: { readonly token: Held }) {
  const { lastFour, account, by, isByStaff, enteredAt, verifiedAt, expiresAt } = token;
  const facts = [
    ["Ends in", <span key="four" className="value">{`…${lastFour}`}</span>],
    ["Account", account ? account.name || <span className="value">{account.id}</span> : "Not chosen yet"],
    [
      "Entered",
      <span key="by">
        by {by}
        {isByStaff ? " (support)" : ""}, <At at={enteredAt} />
      </span>,
    ],
    ["Last looked at", <At key="at" at={verifiedAt} />],
    ["Good until", expiresAt === null ? "No end that we know of" : <At key="end" at={expiresAt} day />],
  ] as const;
  return (
    <dl className="card grid gap-x-6 gap-y-3 px-4 py-4 sm:grid-cols-2 sm:px-5">
      {facts.map(([name, value]) => (
        <div key={name}>
          <dt className="text-subtle">{name}</dt>
          <dd className="text-strong">{value}</dd>
        </div>
      ))}
    </dl>
  );
}

function Choice({ tenant, token: { account, accounts } }: { readonly tenant: string; readonly token: Held }) {
  if (account !== null && accounts.length < 2) return null;
  const options = accounts.map(({ id, name }) => ({ value: id, label: name || id, hint: id }));
  const field =
    options.length > 0
      ? ({ name: "chosen", label: "Account", type: "choice", options } as const)
      : ({ name: "chosen", label: "Account id", hint: ID_HINT, type: "text" } as const);
  return (
    <section aria-labelledby="account" className="space-y-4">
      <h2 id="account">Which account it is for</h2>
      <ActionForm action={chooseAccount} hidden={{ _tenant: tenant }} submit="Use this account" busy="Looking…">
        <Field field={field} value={account?.id ?? ""} />
      </ActionForm>
    </section>
  );
}

export function HeldToken({ tenant, token }: { readonly tenant: string; readonly token: Held }) {
  return (
    <>
      <section aria-labelledby="held" className="space-y-4">
        <h2 id="held">The token</h2>
        {token.problem ? <ProblemBox problem={token.problem} title="The token cannot be used" /> : null}
        <Facts token={token} />
        <div className="flex flex-wrap items-start gap-3">
          <ActionForm action={verifyToken} hidden={{ _tenant: tenant }} submit="Look at it again" busy="Looking…" tone="plain" />
          <ActionForm action={removeToken} hidden={{ _tenant: tenant }} submit="Remove the token" busy="Removing…" tone="danger" />
        </div>
      </section>
      <Choice tenant={tenant} token={token} />
    </>
  );
}
