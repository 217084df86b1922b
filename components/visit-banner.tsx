/** Over every page of somebody else's setup: whose it is, under which name, and the way out. */
import type { TenantHead } from "@/lib/usecases/views";
import { Go } from "./go";

export function VisitBanner({ head }: { readonly head: TenantHead }) {
  return (
    <aside aria-label="Support visit" className="border-hairline border-b bg-notice-tint">
      <div className="mx-auto flex max-w-6xl flex-wrap items-center justify-between gap-x-6 gap-y-1 px-4 py-2 sm:px-6">
        <p>
          You are in <strong className="text-strong">{head.name}</strong>’s setup as{" "}
          <strong className="text-strong">{head.visitor.name}</strong>, support. What you do is recorded under your name and they see it.
        </p>
        <Go href="/support" className="link inline-flex min-h-8 items-center">
          Leave
        </Go>
      </div>
    </aside>
  );
}
