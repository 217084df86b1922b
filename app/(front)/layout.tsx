/** The frame of the pages that need no tenant. */
import type { ReactNode } from "react";
import { theVisitor } from "@/app/door";
import { Frame } from "@/app/frame";

export default async function FrontLayout({ children }: { readonly children: ReactNode }) {
  return <Frame visitor={await theVisitor()}>{children}</Frame>;
}
