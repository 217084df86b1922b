/** The page frame with what every page gives it. */
import type { ReactNode } from "react";
import { PageFrame } from "@/components/page-frame";
import type { TenantHead, Visitor } from "@/lib/usecases/views";
import { now } from "./now";
import { setTheme } from "./theme";
import { chosenTheme } from "./theme-cookie";

export async function Frame({
  visitor,
  head = null,
  children,
}: {
  readonly visitor: Visitor | null;
  readonly head?: TenantHead | null;
  readonly children: ReactNode;
}) {
  return (
    <PageFrame now={now()} visitor={visitor} head={head} theme={await chosenTheme()} setTheme={setTheme}>
      {children}
    </PageFrame>
  );
}
