/** The way in for whoever is signed in: their own company, or the queue. */
import { redirect } from "next/navigation";
import { signInHref, theVisitor } from "@/app/door";

export default async function Home() {
  const visitor = await theVisitor();
  if (!visitor) redirect(signInHref("/t"));
  redirect(visitor.isStaff ? "/support" : `/t/${visitor.tenant}`);
}
