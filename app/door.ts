/** Who is at the door of a page, and may they come in: asked once a request, however many parts of the page ask. */
import { cookies } from "next/headers";
import { notFound, redirect } from "next/navigation";
import { cache } from "react";
import type { Result } from "@/lib/base/result";
import type { TenantScope } from "@/lib/model/scope";
import type { TaskListView, Visitor } from "@/lib/usecases/views";
import { cutover } from "@/lib/wiring";
import { SESSION_COOKIE } from "./cookies";

export const sessionToken = async (): Promise<string | undefined> => (await cookies()).get(SESSION_COOKIE)?.value;

/** The signed-in person; null when nobody is. */
export const theVisitor = cache(async (): Promise<Visitor | null> => cutover().signIn.who(await sessionToken()));

export const signInHref = (returnTo: string): string => `/auth/sign-in?returnTo=${encodeURIComponent(returnTo)}`;

export type Door = { readonly visitor: Visitor; readonly scope: TenantScope };

/** One scope a request, whoever asks: what was read with it can be shared. Null when nobody is signed in. */
export const admitted = cache(async (tenant: string): Promise<(Result<Door> & { readonly visitor: Visitor }) | null> => {
  const visitor = await theVisitor();
  if (!visitor) return null;
  const opened = await cutover().open(visitor, tenant);
  return opened.ok ? { ok: true, value: { visitor, scope: opened.value }, visitor } : { ...opened, visitor };
});

/** Nobody signed in: to sign-in and back. `denied` comes back as a value; an outsider gets *not found*. */
export async function knock(tenant: string, returnTo: string): Promise<Result<Door> & { readonly visitor: Visitor }> {
  const door = await admitted(tenant);
  if (!door) redirect(signInHref(returnTo));
  if (!door.ok && door.problem.code !== "denied") notFound();
  return door;
}

/** For pages: in, or *not found*. The layout above has already told a denied person who can. */
export async function enter(tenant: string, returnTo: string): Promise<Door> {
  const door = await knock(tenant, returnTo);
  return door.ok ? door.value : notFound();
}

/** A value that a page can't do without: *gone* is *not found*, anything else is a bug. */
export function orNotFound<T>(result: Result<T>): T {
  if (result.ok) return result.value;
  if (result.problem.code === "gone") notFound();
  throw new Error(result.problem.say);
}

/** What is stored of a setup: read once a request, whatever head, rail and page draw from it. */
export const theGlance = cache(async (scope: TenantScope, visitor: Visitor) => orNotFound(await cutover().glance(scope, visitor)));

export const theTasks = async (scope: TenantScope, visitor: Visitor): Promise<TaskListView> => (await theGlance(scope, visitor)).tasks;
