/** A search that found nothing: what may hide the message that somebody looks for. */
import { At } from "@/components/at";
import { Go } from "@/components/go";
import { addressOf, type SearchParams, USUAL_DAYS } from "@/lib/model/mail-search";
import type { MailPlace } from "@/lib/usecases/views/mail";
import { pathOf } from "./places";

type Props = { readonly tenant: string; readonly place: MailPlace; readonly params: SearchParams; readonly at: number };

export function NothingFound({ tenant, place, params, at }: Props) {
  const path = pathOf(tenant, place);
  const isNarrow = addressOf({ ...params, all: "" }) !== "";
  const isHidden = place === "trace" && params.all !== "yes" && params.disposition !== "NONE";
  return (
    <div className="card space-y-3 px-5 py-8 text-center">
      <p className="font-medium text-strong">{isNarrow || isHidden ? "No message matches." : "Nothing is held back."}</p>
      <p className="text-subtle">
        {params.from === "" ? `The last ${USUAL_DAYS} days were searched` : "Your days were searched"}, as of <At at={at} />.
      </p>
      {isHidden ? (
        <p>
          Clean mail was left out. <Go href={`${path}?${addressOf({ ...params, all: "yes" })}`}>Search all mail</Go>
        </p>
      ) : null}
    </div>
  );
}
