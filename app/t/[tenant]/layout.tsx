/** The frame of a tenant's pages. Somebody of the company who may not act learns who can; an outsider finds nothing. */
import type { Metadata } from "next";
import type { ReactNode } from "react";
import { admitted, knock, theTasks } from "@/app/door";
import { Frame } from "@/app/frame";
import { cutover } from "@/lib/wiring";
import { Denied } from "./denied";

type Props = { readonly params: Promise<{ tenant: string }>; readonly children: ReactNode };

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { tenant } = await params;
  // Nothing is thrown here: Next asks for these titles once more for the *not found* page, which would then have none.
  const door = await admitted(tenant);
  if (!door?.ok)
    return { title: { absolute: door?.problem.code === "denied" ? "You can’t act for this company · Cutover" : "Not found · Cutover" } };
  const { head } = await theTasks(door.value.scope, door.value.visitor);
  return { title: { default: `Steps · ${head.name}`, template: `%s · ${head.name}` } };
}

export default async function TenantLayout({ params, children }: Props) {
  const { tenant } = await params;
  const door = await knock(tenant, `/t/${tenant}`);
  if (!door.ok) {
    const who = await cutover().peopleForDenied(door.visitor);
    return (
      <Frame visitor={door.visitor}>
        <Denied problem={door.problem} company={who.ok ? who.value.head.name : "this company"} people={who.ok ? who.value.people : []} />
      </Frame>
    );
  }
  const { head } = await theTasks(door.value.scope, door.value.visitor);
  return (
    <Frame visitor={door.value.visitor} head={head}>
      {children}
    </Frame>
  );
}
