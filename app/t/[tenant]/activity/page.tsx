/** Who did what in this setup, the admin's people and support alike. */
import { enter, orNotFound } from "@/app/door";
import { ActivityList } from "@/components/activity-list";
import { Go } from "@/components/go";
import { Heading } from "@/components/heading";
import { cutover } from "@/lib/wiring";

export const metadata = { title: "Activity" };

type Props = { readonly params: Promise<{ tenant: string }>; readonly searchParams: Promise<{ before?: string | string[] }> };

export default async function Activity({ params, searchParams }: Props) {
  const [{ tenant }, { before }] = await Promise.all([params, searchParams]);
  const { scope, visitor } = await enter(tenant, `/t/${tenant}/activity`);
  const { events, older } = orNotFound(await cutover().activity(scope, visitor, typeof before === "string" ? before : undefined));
  return (
    <div className="space-y-6">
      <div className="prose space-y-2">
        <Heading>Activity</Heading>
        <p>Everything anybody did here, newest first. Support staff appear under their own names.</p>
      </div>
      <ActivityList events={events} />
      <p className="flex gap-3">
        {before === undefined ? null : (
          <Go href={`/t/${tenant}/activity`} className="button">
            Newest
          </Go>
        )}
        {older === null ? null : (
          <Go href={`/t/${tenant}/activity?before=${older}`} className="button">
            Older
          </Go>
        )}
      </p>
    </div>
  );
}
