/** Giving Cutover access, at Microsoft and nowhere else; or going on without. */
import { ActionForm } from "@/components/action-form";
import type { TenantHead } from "@/lib/usecases/views";
import { withoutAccess } from "../../actions";

const TITLES: Readonly<Record<TenantHead["access"], string>> = {
  unknown: "Choose how Cutover works with your tenant",
  consent: "Cutover has access",
  without: "Cutover works without access",
};

function Ask({ tenant, label, isPrimary }: { readonly tenant: string; readonly label: string; readonly isPrimary: boolean }) {
  return (
    <form method="post" action="/auth/consent">
      <input type="hidden" name="tenant" value={tenant} />
      <button type="submit" className={`button ${isPrimary ? "button-primary" : ""}`}>
        {label}
      </button>
    </form>
  );
}

export function Consent({ head }: { readonly head: TenantHead }) {
  const { access, id } = head;
  return (
    <section aria-labelledby="access" className="card space-y-4 px-4 py-5 sm:px-5">
      <h2 id="access">{TITLES[access]}</h2>
      <div className="grid gap-6 sm:grid-cols-2">
        <div className="space-y-3">
          <h3>With access</h3>
          <p>
            Microsoft asks you to agree. Cutover then reads your settings itself and changes what you agree to, each time after showing it.
            It never reads mail.
          </p>
          <Ask
            tenant={id}
            label={access === "consent" ? "Ask Microsoft again" : "Give access at Microsoft"}
            isPrimary={access === "unknown"}
          />
        </div>
        <div className="space-y-3">
          <h3>Without access</h3>
          <p>
            Nothing is granted. Every step gives you a script that you run yourself, and the way by hand; you upload what the script found.
          </p>
          {access === "without" ? (
            <p className="text-subtle">This is how it is now.</p>
          ) : (
            <ActionForm action={withoutAccess} hidden={{ _tenant: id }} submit="Go on without access" busy="Saving…" tone="plain" />
          )}
        </div>
      </div>
    </section>
  );
}
