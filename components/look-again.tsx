"use client";
/** Asks the clouds again. A link, so that it also works without scripts; with them the page stays where it is and nothing typed is lost. */
import { useRouter } from "next/navigation";
import { type MouseEvent, useTransition } from "react";

export function LookAgain({ href, label = "Check again" }: { readonly href: string; readonly label?: string }) {
  const router = useRouter();
  const [isLooking, start] = useTransition();
  const onClick = (event: MouseEvent) => {
    event.preventDefault();
    if (!isLooking) start(() => router.refresh());
  };
  return (
    <a href={href} onClick={onClick} className="button button-small no-print" aria-busy={isLooking}>
      {isLooking ? "Looking…" : label}
    </a>
  );
}
