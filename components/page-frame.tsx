/** Head, content and foot of every page; help stands in the same place on all of them. */
import type { ReactNode } from "react";
import type { TenantHead, Visitor } from "@/lib/usecases/views";
import { ANNOUNCER_ID } from "./announce";
import { Brand } from "./brand";
import { CopyHands } from "./copy-hands";
import { Go } from "./go";
import { NavLink } from "./nav-link";
import { NowProvider } from "./now";
import { SkipLink } from "./skip-link";
import { type Theme, ThemeSwitch } from "./theme-switch";
import { VisitBanner } from "./visit-banner";

type Props = {
  /** ms since 1970 by the product's clock. */
  readonly now: number;
  readonly visitor: Visitor | null;
  /** The tenant whose pages these are; null elsewhere. */
  readonly head: TenantHead | null;
  readonly theme: Theme;
  readonly setTheme: (form: FormData) => Promise<void>;
  readonly children: ReactNode;
};

function Menu({ visitor, theme, setTheme }: Pick<Props, "visitor" | "theme" | "setTheme">) {
  return (
    <details className="menu relative">
      <summary className="flex min-h-10 max-w-48 list-none lg:max-w-36 items-center rounded-box px-3 hover:bg-tint">
        {visitor ? (
          <>
            <span className="sm:hidden">Menu</span>
            <span className="hidden truncate sm:inline">{visitor.name}</span>
          </>
        ) : (
          "Menu"
        )}
        <span aria-hidden="true" className="pl-1.5 text-subtle">
          ▾
        </span>
      </summary>
      <div className="absolute right-0 z-10 mt-1 w-72 max-w-[calc(100vw-2rem)] space-y-3 rounded-box border border-hairline bg-elevated p-4 shadow-lg">
        {visitor ? (
          <p className="text-sm">
            Signed in as <span className="font-medium text-strong">{visitor.upn}</span>
          </p>
        ) : null}
        <ThemeSwitch theme={theme} action={setTheme} />
        {visitor ? (
          <form method="post" action="/auth/sign-out">
            <button type="submit" className="button w-full">
              Sign out
            </button>
          </form>
        ) : null}
      </div>
    </details>
  );
}

function Places({ head, visitor }: Pick<Props, "head" | "visitor">) {
  if (!head && !visitor?.isStaff) return null;
  return (
    <nav aria-label="Main" className="-mx-3 flex flex-wrap gap-x-1 sm:mx-0 lg:shrink-0 lg:flex-nowrap">
      {visitor?.isStaff ? <NavLink href="/support" label="Queue" /> : null}
      {head ? (
        <>
          <NavLink href={`/t/${head.id}`} label="Steps" isExact />
          <NavLink href={`/t/${head.id}/cloudflare`} label="Cloudflare" />
          <NavLink href={`/t/${head.id}/proof`} label="Test mail" />
          {head.hasMail ? (
            <NavLink
              href={`/t/${head.id}/mail`}
              label="Mail"
              covers={["quarantine", "orders", "auto-retract"].map((place) => `/t/${head.id}/${place}`)}
            />
          ) : null}
          <NavLink href={`/t/${head.id}/activity`} label="Activity" />
          <NavLink href={`/t/${head.id}/people`} label="People" />
          <NavLink href={`/t/${head.id}/undo`} label="Undo" />
        </>
      ) : null}
    </nav>
  );
}

function Head({ head, visitor, theme, setTheme }: Omit<Props, "now" | "children">) {
  const home = head ? `/t/${head.id}` : "/";
  return (
    <header className="no-print border-hairline border-b bg-base">
      <div className="mx-auto flex max-w-6xl flex-wrap items-center gap-x-4 gap-y-1 px-4 py-2.5 sm:px-6 lg:flex-nowrap">
        <Go href={home} className="inline-flex min-h-10 items-center">
          <Brand />
        </Go>
        <div className="order-last flex w-full flex-wrap items-center gap-x-4 sm:order-none sm:w-auto lg:min-w-0 lg:flex-1 lg:flex-nowrap">
          {head ? (
            <p className="flex min-w-0 items-center gap-4">
              <span aria-hidden="true" className="hidden text-inactive sm:inline">
                /
              </span>
              <span className="font-medium text-strong lg:truncate" title={head.name}>
                {head.name}
              </span>
            </p>
          ) : null}
          <Places head={head} visitor={visitor} />
        </div>
        <div className="head-end ml-auto flex shrink-0 items-center">
          <NavLink href="/guide" label="Help" />
          <Menu visitor={visitor} theme={theme} setTheme={setTheme} />
        </div>
      </div>
    </header>
  );
}

export function PageFrame({ now, children, ...rest }: Props) {
  return (
    <NowProvider now={now}>
      <SkipLink />
      <Head {...rest} />
      {rest.head?.isVisit ? <VisitBanner head={rest.head} /> : null}
      <main id="main" className="mx-auto max-w-6xl px-4 pt-6 pb-20 sm:px-6 sm:pt-8">
        {children}
      </main>
      <div id={ANNOUNCER_ID} role="status" className="sr-only" />
      <CopyHands />
    </NowProvider>
  );
}
