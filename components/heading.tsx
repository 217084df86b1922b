"use client";
/** The page's h1. After a move inside the product the focus goes to it, as it would to the top of a fresh page. */
import { usePathname } from "next/navigation";
import { type ReactNode, useEffect, useRef } from "react";

/** Where the last h1 stood; null until the first page is drawn, which keeps the browser's own focus. */
let lastPath: string | null = null;

export function Heading({ children, className }: { readonly children: ReactNode; readonly className?: string }) {
  const path = usePathname();
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    if (lastPath !== null && lastPath !== path) heading.current?.focus({ preventScroll: true });
    lastPath = path;
  }, [path]);
  return (
    <h1 ref={heading} tabIndex={-1} className={className}>
      {children}
    </h1>
  );
}
