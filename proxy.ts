/** Headers of every answer: a strict policy with a nonce of its own for each request, and the usual walls. */
import { type NextRequest, NextResponse } from "next/server";
import { type Env, loadEnv } from "@/lib/base/env";

export type Where = { readonly nonce: string; readonly entraUrl: string; readonly isHttps: boolean; readonly isDevelopment: boolean };

/** `form-action` names the sign-in authority because browsers judge the redirect that follows a form by it. */
export function contentPolicy({ nonce, entraUrl, isHttps, isDevelopment: isDev }: Where): string {
  const rules = [
    "default-src 'none'",
    // React rebuilds server stacks with eval in development, and only there.
    `script-src 'self' 'nonce-${nonce}' 'strict-dynamic'${isDev ? " 'unsafe-eval'" : ""}`,
    // The development overlay writes styles without a nonce.
    `style-src 'self' ${isDev ? "'unsafe-inline'" : `'nonce-${nonce}'`}`,
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "manifest-src 'self'",
    "base-uri 'none'",
    "object-src 'none'",
    `form-action 'self' ${new URL(entraUrl).origin}`,
    "frame-ancestors 'none'",
    ...(isHttps ? ["upgrade-insecure-requests"] : []),
  ];
  return rules.join("; ");
}

export function wallHeaders(where: Where): Readonly<Record<string, string>> {
  return {
    "Content-Security-Policy": contentPolicy(where),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=(), payment=(), usb=(), browsing-topics=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "X-Frame-Options": "DENY",
    ...(where.isHttps ? { "Strict-Transport-Security": "max-age=63072000; includeSubDomains" } : {}),
  };
}

const isDevelopment = process.env.NODE_ENV === "development";
/** The gallery of components is for development; elsewhere only on request. */
const hasGallery = isDevelopment || process.env["UI_GALLERY"] === "1";
const isGallery = (path: string) => path === "/ui" || path.startsWith("/ui/");

/** Messages and pictures of them, as strangers made them: whatever a browser takes them for, nothing in them runs, and they belong to no site. */
export const STRANGE_POLICY = "sandbox; default-src 'none'";
export const isStrange = (path: string): boolean => /^\/api\/t\/[^/]+\/mail\/[^/]+\/(?:raw|picture)$/.test(path);

let env: Env | undefined;

export function proxy(request: NextRequest): NextResponse {
  env ??= loadEnv();
  const nonce = Buffer.from(crypto.randomUUID()).toString("base64");
  const headers = wallHeaders({ nonce, entraUrl: env.entraUrl, isHttps: env.publicUrl.startsWith("https:"), isDevelopment });
  const asked = new Headers(request.headers);
  // Next reads the nonce from here and puts it on its own scripts.
  asked.set("Content-Security-Policy", headers["Content-Security-Policy"] ?? "");
  const next = { request: { headers: asked } };
  const isClosed = isGallery(request.nextUrl.pathname) && !hasGallery;
  const response = isClosed ? NextResponse.rewrite(new URL("/not-there", request.url), next) : NextResponse.next(next);
  for (const [name, value] of Object.entries(headers)) response.headers.set(name, value);
  // Here, because what is set here outweighs what a route says.
  if (isStrange(request.nextUrl.pathname)) response.headers.set("Content-Security-Policy", STRANGE_POLICY);
  return response;
}

export const config = { matcher: [{ source: "/((?!_next/static|_next/image|icon.svg).*)" }] };
