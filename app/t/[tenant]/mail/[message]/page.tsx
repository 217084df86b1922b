/** One message: who, when and why; its picture, its way, what was found in it, what was done with it. All of it is a stranger's, and is text. */
import { Suspense } from "react";
import { decodedId, placeOf } from "@/app/mail-ask";
import { Again } from "@/components/mail/again";
import { Picture } from "@/components/mail/picture";
import { ProblemBox } from "@/components/problem-box";
import { StepHead } from "@/components/step-head";
import { addressOf, paramsOf } from "@/lib/model/mail-search";
import type { MailScope } from "@/lib/model/scope";
import { cutover, now } from "@/lib/wiring";
import { enterMail } from "../door";
import { NoRight } from "../no-right";
import { PLACES, pathOf } from "../places";
import type { Raw } from "../searching";
import { Acts } from "./acts";
import { Found } from "./found";
import { Head } from "./head";
import { ActionLog } from "./log";
import { PartSkeleton, Section } from "./part";

import { Way } from "./way";

export const metadata = {
  title: "Message",
  // Nothing in a message becomes a link, not even on a phone that would like to call its numbers.
  formatDetection: { telephone: false, date: false, address: false, email: false, url: false },
};

type Props = { readonly params: Promise<{ tenant: string; message: string }>; readonly searchParams: Promise<Raw> };
type Of = { readonly tenant: string; readonly id: string; readonly mail: MailScope };

async function Message({ tenant, id, mail }: Of) {
  const opened = await cutover().mail.message(mail, id);
  if (!opened.ok)
    return (
      <div className="max-w-3xl space-y-3">
        <ProblemBox problem={opened.problem} />
        {opened.problem.code === "gone" ? null : <Again problem={opened.problem} at={now()} />}
      </div>
    );
  const { message, detections, trace, actions } = opened.value;
  const base = `/api/t/${tenant}/mail/${encodeURIComponent(id)}`;
  // All are asked at once; each is drawn when it is there.
  const [found, way, log] = [detections(), trace(), actions()];
  return (
    <div className="space-y-10">
      <Head message={message} />
      <Acts tenant={tenant} message={message} raw={`${base}/raw`} at={now()} />
      <Section id="picture" title="As it looks">
        <Picture href={`${base}/picture`} />
      </Section>
      <Section id="found" title="What was found in it">
        <Suspense fallback={<PartSkeleton />}>
          <Found asked={found} reasons={message.reasons} />
        </Suspense>
      </Section>
      <Section id="log" title="What was done with it">
        <Suspense fallback={<PartSkeleton />}>
          <ActionLog asked={log} />
        </Suspense>
      </Section>
      <Section id="way" title="Its way">
        <Suspense fallback={<PartSkeleton />}>
          <Way asked={way} />
        </Suspense>
      </Section>
    </div>
  );
}

export default async function MessagePage({ params, searchParams }: Props) {
  const [{ tenant, message }, raw] = await Promise.all([params, searchParams]);
  const id = decodedId(message);
  const place = placeOf(typeof raw["place"] === "string" ? raw["place"] : null);
  const query = addressOf(paramsOf(raw));
  const path = pathOf(tenant, place);
  const door = await enterMail(tenant, `/t/${tenant}/mail/${encodeURIComponent(id)}`);
  if (!door.ok) return <NoRight tenant={tenant} title="Message" problem={door.problem} />;
  const back = { href: query === "" ? path : `${path}?${query}`, title: query === "" ? PLACES[place].title : "Back to the search" };
  return (
    <div>
      <StepHead back={back} title="Message" />
      <Suspense fallback={<PartSkeleton />}>
        <Message {...{ tenant, id }} mail={door.value.mail} />
      </Suspense>
    </div>
  );
}
