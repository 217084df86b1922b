/** Tabs that are real links: they work before any script, can be sent to somebody, and survive a reload. */
import { Go } from "./go";

export type Tab = {
  readonly href: string;
  readonly label: string;
  readonly isCurrent: boolean /** Said under the label, when this way does not exist. */;
  readonly isMissing?: boolean;
};

export function Tabs({ label, tabs }: { readonly label: string; readonly tabs: readonly Tab[] }) {
  return (
    <nav aria-label={label} className="no-print border-hairline border-b">
      <ul className="-mb-px flex flex-wrap gap-x-1">
        {tabs.map((tab) => (
          <li key={tab.href}>
            <Go
              href={tab.href}
              scroll={false}
              aria-current={tab.isCurrent ? "true" : undefined}
              className={`inline-flex min-h-11 items-center border-b-2 px-3 ${tab.isCurrent ? "border-[var(--color-focus)] font-medium text-strong" : `border-transparent hover:text-strong ${tab.isMissing ? "text-inactive" : "text-subtle"}`}`}
            >
              {tab.label}
            </Go>
          </li>
        ))}
      </ul>
    </nav>
  );
}
