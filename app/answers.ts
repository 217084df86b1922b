/** What routes answer with: redirects, cookies, files, JSON. Addresses of our own stay relative, so that no proxy's host gets into them. */
import { NextResponse } from "next/server";
import type { Problem, Result } from "@/lib/base/result";
import { settings } from "@/lib/wiring";
import { cookieOptions, PROBLEM_COOKIE } from "./cookies";
import { PROBLEM_LIFE_S, packed } from "./problem-note";

type Cookie = { readonly name: string; readonly value: string; readonly maxAge: number };

export const isHttps = (): boolean => settings().publicUrl.startsWith("https:");

export const redirectTo = (href: string): NextResponse =>
  new NextResponse(null, { status: 303, headers: { Location: href, "Cache-Control": "no-store" } });

export function withCookie(response: NextResponse, { name, value, maxAge }: Cookie): NextResponse {
  response.cookies.set(name, value, cookieOptions(isHttps(), maxAge));
  return response;
}

/** To a page of ours that shows the problem. */
export const answerWithProblem = (href: string, problem: Problem): NextResponse =>
  withCookie(redirectTo(`${href}?problem=${problem.code}`), { name: PROBLEM_COOKIE, value: packed(problem), maxAge: PROBLEM_LIFE_S });

const STATUS: Readonly<Partial<Record<Problem["code"], number>>> = { denied: 403, gone: 404, throttled: 429, busy: 409 };
export const problemJson = (problem: Problem): Response =>
  Response.json({ problem }, { status: STATUS[problem.code] ?? 502, headers: { "Cache-Control": "no-store" } });

const TYPES: Readonly<Record<string, string>> = { ics: "text/calendar; charset=utf-8", ps1: "text/plain; charset=utf-8" };

/** A text as a file to keep. A script begins with a byte order mark: Windows PowerShell 5.1 takes it for ANSI otherwise. */
export function fileAnswer(made: Result<{ readonly fileName: string; readonly text: string }>): Response {
  if (!made.ok) return problemJson(made.problem);
  const { fileName, text } = made.value;
  const ending = fileName.split(".").at(-1) ?? "";
  const body = ending === "ps1" && !text.startsWith("\uFEFF") ? `\uFEFF${text}` : text;
  const safe = fileName.replace(/[^\w.-]/g, "-");
  return new Response(body, {
    headers: {
      "Content-Type": TYPES[ending] ?? "application/octet-stream",
      "Content-Disposition": `attachment; filename="${safe}"`,
      "Cache-Control": "no-store",
    },
  });
}
