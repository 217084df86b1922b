/** One component of the gallery, under its name. */
import type { ReactNode } from "react";

export function Story({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <section className="space-y-4 border-hairline border-t pt-6">
      <h2>{title}</h2>
      {children}
    </section>
  );
}
