"use client";
/** Asks once more: by itself where the answer said when, or that it is being put together; and whenever somebody wants it. */
import { useRouter } from "next/navigation";
import { useEffect, useTransition } from "react";
import type { Problem } from "@/lib/base/result";

const SOON_MS = 3_000;

/** `at`: when it was asked, in ms since 1970 by the product's clock. */
export function Again({ problem: { code, retryAt }, at }: { readonly problem: Problem; readonly at: number }) {
  const router = useRouter();
  const [isPending, start] = useTransition();
  const due = retryAt ?? (code === "not-ready" ? at + SOON_MS : null);
  useEffect(() => {
    if (due === null) return;
    const timer = setTimeout(() => router.refresh(), Math.max(1_000, due - at));
    return () => clearTimeout(timer);
  }, [due, at, router]);
  return (
    <button type="button" className="button" aria-busy={isPending} onClick={() => start(() => router.refresh())}>
      {isPending ? "Asking…" : "Try again"}
    </button>
  );
}
