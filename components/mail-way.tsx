/** The mail's way as a picture made of words: stations in order, ours marked. */

export type Station = { readonly name: string; readonly note: string; readonly isOurs?: boolean };

export function MailWay({ title, stations }: { readonly title: string; readonly stations: readonly Station[] }) {
  return (
    <figure>
      <figcaption className="mb-2 font-medium text-sm text-subtle">{title}</figcaption>
      <ol className="flex flex-col gap-1 sm:flex-row sm:items-stretch sm:gap-0">
        {stations.map((station, i) => (
          <li key={station.name} className="flex min-w-0 flex-1 flex-col sm:flex-row sm:items-center">
            {i > 0 ? (
              <span aria-hidden="true" className="self-center px-2 text-subtle">
                <span className="sm:hidden">↓</span>
                <span className="hidden sm:inline">→</span>
              </span>
            ) : null}
            <span
              className={`flex h-full w-full flex-col justify-center rounded-box border px-4 py-3 ${station.isOurs ? "border-[var(--color-brand)] border-2 bg-base" : "border-hairline bg-base"}`}
            >
              <span className="font-medium text-strong">{station.name}</span>
              <span className="text-sm text-subtle">{station.note}</span>
            </span>
          </li>
        ))}
      </ol>
    </figure>
  );
}
