/** Mail trace and the quarantine: the same search and list, each with its own words. */
import { cookies } from "next/headers";
import { Suspense } from "react";
import { COLUMNS_COOKIE } from "@/app/cookies";
import { orNotFound } from "@/app/door";
import { Go } from "@/components/go";
import { Heading } from "@/components/heading";
import { columnsOf } from "@/components/mail/columns";
import { SearchForm } from "@/components/mail/search-form";
import { MailPlaces } from "@/components/mail-places";
import { Note } from "@/components/note";
import { addressOf, paramsOf } from "@/lib/model/mail-search";
import type { MailPageView, MailPlace } from "@/lib/usecases/views/mail";
import { cutover } from "@/lib/wiring";
import { ByHandSearch } from "./by-hand";
import { enterMail } from "./door";
import { NoRight } from "./no-right";
import { PLACES, pathOf } from "./places";
import { Results, ResultsSkeleton } from "./results";

export type Raw = Readonly<Record<string, string | string[] | undefined>>;

function NoToken({ tenant, view }: { readonly tenant: string; readonly view: MailPageView }) {
  return (
    <div className="max-w-3xl space-y-6">
      <Note tone="neutral" title="Cutover cannot look yet">
        <p>
          It searches with an API token of your Cloudflare account, and has none. <Go href={`/t/${tenant}/cloudflare`}>Enter one</Go>, or
          search in the dashboard of {view.vendor}:
        </p>
      </Note>
      <ByHandSearch view={view} />
    </div>
  );
}

export async function Searching({ tenant, raw, place }: { readonly tenant: string; readonly raw: Raw; readonly place: MailPlace }) {
  const params = paramsOf(raw);
  const query = addressOf(params);
  const path = pathOf(tenant, place);
  const { title, say } = PLACES[place];
  const door = await enterMail(tenant, query === "" ? path : `${path}?${query}`);
  if (!door.ok) return <NoRight tenant={tenant} title={title} problem={door.problem} />;
  const { mail, visitor } = door.value;
  const [view, jar] = [orNotFound(await cutover().mail.page(mail, visitor, { place, params })), await cookies()];
  const columns = columnsOf(jar.get(COLUMNS_COOKIE)?.value);
  return (
    <div className="space-y-6">
      <MailPlaces tenant={tenant} here={PLACES[place].path} />
      <div className="space-y-1">
        <Heading>{title}</Heading>
        <p className="text-subtle">{say(view.vendor)}</p>
      </div>
      <SearchForm path={path} place={place} params={params} />
      {view.isOpen ? (
        <>
          <Suspense key={`${path}?${query}`} fallback={<ResultsSkeleton />}>
            <Results {...{ tenant, place, params, columns, mail }} />
          </Suspense>
          <details>
            <summary className="text-subtle">Search in the dashboard of {view.vendor} instead</summary>
            <div className="max-w-3xl pt-2">
              <ByHandSearch view={view} />
            </div>
          </details>
        </>
      ) : (
        <NoToken tenant={tenant} view={view} />
      )}
    </div>
  );
}
