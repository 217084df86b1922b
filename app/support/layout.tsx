/** The frame of support's pages. Whoever is not staff finds nothing here. */
import { notFound, redirect } from "next/navigation";
import type { ReactNode } from "react";
import { signInHref, theVisitor } from "@/app/door";
import { Frame } from "@/app/frame";

export default async function SupportLayout({ children }: { readonly children: ReactNode }) {
  const visitor = await theVisitor();
  if (!visitor) redirect(signInHref("/support"));
  if (!visitor.isStaff) notFound();
  return <Frame visitor={visitor}>{children}</Frame>;
}
