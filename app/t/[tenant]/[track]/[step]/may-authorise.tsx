/** "May you authorise?": said to whoever looks, before they go to the vendor's dashboard and are refused there. */
import { mayAuthorise } from "@/components/may-authorise";
import { Note } from "@/components/note";
import type { Looked, StepView } from "@/lib/usecases/views";

function Holders({ held }: { readonly held: readonly { readonly role: string; readonly by: string }[] }) {
  return (
    <ul className="list-disc pl-5">
      {held.map(({ role, by }) => (
        <li key={role}>
          {role}: <bdi>{by}</bdi>
        </li>
      ))}
    </ul>
  );
}

export function MayYouAuthorise({ view, looked }: { readonly view: StepView; readonly looked: Looked }) {
  const { visitor, isVisit } = view.head;
  const answer = mayAuthorise(visitor.upn, looked.evidence);
  if (!answer) return null;
  const roles = answer.held.map(({ role }) => role).join(" or ");
  if (isVisit)
    return (
      <Note tone="neutral" title="Somebody of the company authorises it">
        <p>You are visiting. It takes one of these:</p>
        <Holders held={answer.held} />
      </Note>
    );
  switch (answer.may) {
    case "yes":
      return (
        <Note tone="info" title="You may authorise it">
          <p>
            Your account, {visitor.upn}, holds a role that may: {roles}.
          </p>
        </Note>
      );
    case "no":
      return (
        <Note tone={view.status.code === "done" ? "neutral" : "warning"} title="You may not authorise it yourself">
          <p>
            Your account, {visitor.upn}, is neither {roles.replace(" or ", " nor ")}. Ask one of these:
          </p>
          <Holders held={answer.held} />
        </Note>
      );
    case "unknown":
      return (
        <Note tone="neutral" title="We cannot tell whether you may authorise it">
          <p>It takes {roles}. As far as we could see, they are held by:</p>
          <Holders held={answer.held} />
        </Note>
      );
  }
}
