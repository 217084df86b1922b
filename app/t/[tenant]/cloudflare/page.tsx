/** The API token of the customer's Cloudflare account: what it is for, how to make it, what was found out about it, and taking it out. */
import { enter, orNotFound } from "@/app/door";
import { ActionForm } from "@/components/action-form";
import { Field } from "@/components/field";
import { Heading } from "@/components/heading";
import { PermissionTable } from "@/components/permission-table";
import { SecretField } from "@/components/secret-field";
import { cutover } from "@/lib/wiring";
import { enterToken } from "./actions";
import { HeldToken } from "./held";
import { HowTo } from "./how-to";

export const metadata = { title: "Cloudflare" };

const ACCOUNT = {
  name: "account",
  label: "Account id (optional)",
  hint: "Needed for a token that belongs to an account and not to a person, and where Cloudflare hosts none of your domains’ DNS.",
  type: "text",
} as const;

export default async function CloudflareToken({ params }: { readonly params: Promise<{ tenant: string }> }) {
  const { tenant } = await params;
  const { scope, visitor } = await enter(tenant, `/t/${tenant}/cloudflare`);
  const { token, permissions } = orNotFound(await cutover().cloudflare.page(scope, visitor));
  return (
    <div className="max-w-4xl space-y-10">
      <div className="prose space-y-2">
        <Heading>Cloudflare</Heading>
        <p>
          With an API token Cutover adds your domains to Email Security, reads whether they are verified, and changes MX records in zones
          that Cloudflare hosts. Without one, you do those parts by hand, and Cutover checks what can be seen from outside.
        </p>
        <p>
          The token is kept encrypted, used for the steps below and nothing else, and never shown again. Nothing is changed before you have
          agreed to a plan.
        </p>
      </div>
      {token ? <HeldToken tenant={tenant} token={token} /> : null}
      <section aria-labelledby="permissions" className="space-y-4">
        <h2 id="permissions">What it needs</h2>
        <PermissionTable permissions={permissions} />
      </section>
      <section aria-labelledby="enter" className="space-y-4">
        <h2 id="enter">{token ? "Replace the token" : "Enter a token"}</h2>
        <details className="card" open={token === null}>
          <summary className="px-4 py-3 font-medium text-strong sm:px-5">How to make one</summary>
          <HowTo />
        </details>
        <ActionForm
          action={enterToken}
          hidden={{ _tenant: tenant }}
          submit={token ? "Replace the token" : "Look at it and keep it"}
          busy="Looking…"
        >
          {/* What was typed stays after a refusal; once it is kept, the fields are made anew and empty. */}
          <SecretField key={`token ${token?.enteredAt ?? 0}`} name="token" label="API token" hint="Paste it as Cloudflare showed it." />
          <Field key={`account ${token?.enteredAt ?? 0}`} field={ACCOUNT} value="" />
        </ActionForm>
      </section>
    </div>
  );
}
