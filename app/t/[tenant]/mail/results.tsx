/** The first rows of a search, as soon as the vendor has answered; the list reads on from there. */
import { Again } from "@/components/mail/again";
import type { Column } from "@/components/mail/columns";
import { MailList } from "@/components/mail/list";
import { ProblemBox } from "@/components/problem-box";
import { addressOf, type SearchParams } from "@/lib/model/mail-search";
import type { MailScope } from "@/lib/model/scope";
import type { MailPlace } from "@/lib/usecases/views/mail";
import { cutover, now } from "@/lib/wiring";
import { draftOrder } from "./actions";
import { NothingFound } from "./nothing";

type Props = {
  readonly tenant: string;
  readonly place: MailPlace;
  readonly params: SearchParams;
  readonly columns: readonly Column[];
  readonly mail: MailScope;
};

export async function Results({ tenant, place, params, columns, mail }: Props) {
  const found = await cutover().mail.search(mail, { place, params, at: null, cursor: null });
  if (!found.ok)
    return (
      <div className="max-w-3xl space-y-3">
        <ProblemBox problem={found.problem} />
        <Again problem={found.problem} at={now()} />
      </div>
    );
  const { rows, next, at } = found.value;
  if (rows.length === 0 && next === null) return <NothingFound {...{ tenant, place, params, at }} />;
  return <MailList key={at} {...{ tenant, place, columns }} query={addressOf(params)} first={found.value} draft={draftOrder} />;
}

const WIDTHS = ["w-1/2", "w-2/3", "w-1/3", "w-3/5"] as const;

/** The size of what will come. */
export function ResultsSkeleton() {
  return (
    <div className="space-y-3">
      <p className="text-subtle">Searching. This takes a few seconds.</p>
      <div className="card divide-y divide-hairline" aria-hidden="true">
        {Array.from({ length: 12 }, (_, i) => `row-${i}`).map((key, i) => (
          <div key={key} className="flex h-[4.75rem] items-center gap-6 px-4 sm:h-11">
            <span className="skeleton size-5 shrink-0" />
            <span className="skeleton h-4 w-20 shrink-0 max-sm:hidden" />
            <span className="flex-1">
              <span className={`skeleton h-4 ${WIDTHS[i % WIDTHS.length]}`} />
            </span>
            <span className="skeleton h-4 w-20 shrink-0" />
          </div>
        ))}
      </div>
    </div>
  );
}
