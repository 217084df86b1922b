"use client";
/** When a page could not be made: what it means for mail, trying again, and the number support asks for. */
import { useEffect, useRef } from "react";

/** The number under which the server wrote it down; "" when the browser itself failed. */
export const referenceOf = (error: unknown): string =>
  typeof error === "object" && error !== null && "digest" in error && typeof error.digest === "string" ? error.digest : "";

export function Failure({ error, retry }: { readonly error: unknown; readonly retry: () => void }) {
  const heading = useRef<HTMLHeadingElement>(null);
  const reference = referenceOf(error);
  useEffect(() => {
    document.title = "Error · Cutover";
    heading.current?.focus();
  }, []);
  return (
    <div className="prose space-y-4">
      <h1 ref={heading} tabIndex={-1}>
        This page could not be shown
      </h1>
      <p>The fault is ours. Your mail is not affected, and what was under way goes on.</p>
      <p>
        <button type="button" className="button button-primary" onClick={retry}>
          Try again
        </button>
      </p>
      {reference ? (
        <p className="text-subtle">
          Reference for support: <code>{reference}</code>
        </p>
      ) : null}
    </div>
  );
}
