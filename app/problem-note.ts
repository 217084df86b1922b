/** Hands a problem from a route that cannot draw to the page that comes next: a cookie that lives a minute, read only where the address asks for it. */
import { cookies } from "next/headers";
import { z } from "zod";
import type { Problem } from "@/lib/base/result";
import { PROBLEM_COOKIE } from "./cookies";

export const PROBLEM_LIFE_S = 60;
/** A cookie holds 4 KB; the sentences we write are far shorter. */
const MOST = 1_500;

const shape = z.object({ say: z.string().max(MOST), fix: z.string().max(MOST).optional() });

export const packed = ({ say, fix }: Problem): string =>
  Buffer.from(JSON.stringify({ say: say.slice(0, MOST), ...(fix ? { fix: fix.slice(0, MOST) } : {}) })).toString("base64url");

/** The problem to show; null without one, or without `?problem` in the address. */
export async function handedProblem(asked: string | string[] | undefined): Promise<Problem | null> {
  const value = asked === undefined ? undefined : (await cookies()).get(PROBLEM_COOKIE)?.value;
  if (value === undefined) return null;
  const text = Buffer.from(value, "base64url").toString("utf8");
  const read = text.startsWith("{") ? shape.safeParse(JSON.parse(text)) : null;
  if (!read?.success) return null;
  const { say, fix } = read.data;
  return { code: "denied", say, ...(fix ? { fix } : {}) };
}
