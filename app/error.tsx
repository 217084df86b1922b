"use client";
/** The page outside a setup that failed. */
import { Failure } from "@/components/failure";

export default function ErrorPage({ error, retry }: { readonly error: unknown; readonly retry: () => void }) {
  return (
    <main id="main" className="mx-auto max-w-6xl px-4 pt-8 sm:px-6">
      <Failure error={error} retry={retry} />
    </main>
  );
}
