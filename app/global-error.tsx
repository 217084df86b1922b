"use client";
/** When even the document could not be made. */
import "./globals.css";
import { Failure } from "@/components/failure";

export default function GlobalError({ error, retry }: { readonly error: unknown; readonly retry: () => void }) {
  return (
    <html lang="en">
      <body>
        <main className="mx-auto max-w-6xl px-4 pt-8">
          <Failure error={error} retry={retry} />
        </main>
      </body>
    </html>
  );
}
