/** Keeps the chosen columns of the list in a cookie; a route and no action, which would make the page, and with it the search, anew. */
import { NextResponse } from "next/server";
import { isHttps } from "@/app/answers";
import { inside } from "@/app/api/door";
import { COLUMNS_COOKIE, cookieOptions } from "@/app/cookies";
import { columnsOf } from "@/components/mail/columns";

const YEAR_S = 31_536_000;

export async function PUT(request: Request, { params }: { readonly params: Promise<{ tenant: string }> }): Promise<Response> {
  const { tenant } = await params;
  return inside(tenant, async () => {
    const chosen = columnsOf(new URL(request.url).searchParams.get("show") ?? undefined);
    const answer = new NextResponse(null, { status: 204 });
    answer.cookies.set(COLUMNS_COOKIE, chosen.join("."), cookieOptions(isHttps(), YEAR_S));
    return answer;
  });
}
