/** Who did what, newest first; support is marked as such. */
import type { EventView } from "@/lib/usecases/views";
import { Ago } from "./ago";
import { Go } from "./go";
import { Tag } from "./tag";

export function ActivityList({ events }: { readonly events: readonly EventView[] }) {
  if (events.length === 0)
    return (
      <p className="card px-5 py-8 text-center text-subtle">Nothing has happened yet. What anybody does in this setup is listed here.</p>
    );
  return (
    <ol className="card divide-y divide-hairline">
      {events.map((event) => (
        <li key={event.id} className="px-4 py-3 sm:px-5">
          <div className="flex flex-wrap items-baseline justify-between gap-x-4">
            <p className="min-w-0">
              <span className="font-medium text-strong">{event.who}</span> {event.isStaff ? <Tag tone="notice">Support</Tag> : null}{" "}
              <span>{event.say}</span>
              {event.step === null ? null : (
                <>
                  {" · "}
                  {event.href === null ? event.step : <Go href={event.href}>{event.step}</Go>}
                </>
              )}
            </p>
            <p className="text-sm text-subtle">
              <Ago at={event.at} />
            </p>
          </div>
          {event.detail === null ? null : <p className="whitespace-pre-line text-subtle text-[0.9375rem]">{event.detail}</p>}
        </li>
      ))}
    </ol>
  );
}
