/** The end-to-end proof: two test messages, their ways as one picture each, and what the headers of the delivered one prove. */
import { enter, orNotFound, theTasks } from "@/app/door";
import { Heading } from "@/components/heading";
import { cutover } from "@/lib/wiring";
import { Headers } from "./headers";
import { Agree, Barred, NameMailbox } from "./send";
import { Shown } from "./shown";

export const metadata = { title: "Test mail" };

type Props = { readonly params: Promise<{ tenant: string }>; readonly searchParams: Promise<{ to?: string | string[] }> };

export default async function Proof({ params, searchParams }: Props) {
  const [{ tenant }, { to }] = await Promise.all([params, searchParams]);
  const { scope, visitor } = await enter(tenant, `/t/${tenant}/proof`);
  const [found, { tracks }] = await Promise.all([
    cutover().mailProof.page(scope, visitor, [to ?? ""].flat()[0] ?? ""),
    theTasks(scope, visitor),
  ]);
  const view = orNotFound(found);
  const { proof, plan } = view;
  const steps = Object.fromEntries(tracks.flatMap((one) => one.steps).map((row) => [row.id, row]));
  const isBarred = view.barred !== null || view.domains.length === 0;
  return (
    <div className="space-y-10">
      <div className="prose space-y-2">
        <Heading>Prove it with test mail</Heading>
        <p>
          Cutover sends two messages to a mailbox of yours: one the way that everybody’s mail takes, and one straight at your organisation’s
          own host at Microsoft. What becomes of each shows whether everything works together.
        </p>
      </div>
      {proof && plan === null ? <Shown tenant={tenant} view={view} proof={proof} steps={steps} /> : null}
      {proof && plan === null && !proof.isSending ? <Headers tenant={tenant} proof={proof} steps={steps} /> : null}
      <section aria-labelledby="send" className="max-w-4xl space-y-4">
        <h2 id="send">{plan ? "This will be sent" : proof ? "Send again" : "Send two test messages"}</h2>
        {isBarred ? (
          <Barred tenant={tenant} view={view} />
        ) : plan ? (
          <Agree tenant={tenant} plan={plan} />
        ) : (
          <NameMailbox tenant={tenant} view={view} />
        )}
      </section>
      {plan && !isBarred ? (
        <section aria-labelledby="other" className="max-w-4xl space-y-4">
          <h2 id="other">Another mailbox</h2>
          <NameMailbox tenant={tenant} view={view} />
        </section>
      ) : null}
    </div>
  );
}
