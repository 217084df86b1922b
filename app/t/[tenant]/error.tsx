"use client";
/** A page of a setup that failed; the frame around it stays. */
import { Failure } from "@/components/failure";

export default function ErrorPage({ error, retry }: { readonly error: unknown; readonly retry: () => void }) {
  return <Failure error={error} retry={retry} />;
}
