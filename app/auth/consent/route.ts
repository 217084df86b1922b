/** Off to Microsoft to ask for admin consent for one tenant. */
import { notFound } from "next/navigation";
import { redirectTo, withCookie } from "@/app/answers";
import { theVisitor } from "@/app/door";
import { cutover } from "@/lib/wiring";

export async function POST(request: Request): Promise<Response> {
  const form = await request.formData();
  const tenant = form.get("tenant");
  const visitor = await theVisitor();
  if (!visitor || typeof tenant !== "string") return redirectTo("/auth/sign-in");
  const scope = await cutover().open(visitor, tenant);
  if (!scope.ok) notFound();
  const { url, cookie } = cutover().consent.begin(scope.value, `/t/${tenant}/connect/connect-tenant`);
  return withCookie(redirectTo(url), cookie);
}
