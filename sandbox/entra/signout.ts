/** `/{tenant}/oauth2/v2.0/logout`: nobody stays signed in here, so it only leads back. */
import { redirect, type SandboxRequest, type SandboxResponse } from "../http";
import { isRegistered } from "./authority";
import { page } from "./page";

export function signOut({ url }: SandboxRequest): SandboxResponse {
  const back = url.searchParams.get("post_logout_redirect_uri");
  if (!back || !isRegistered(back, url))
    return page(200, "Signed out", "<h1>You signed out of your account</h1><p>It’s a good idea to close all browser windows.</p>");
  const to = new URL(back);
  const state = url.searchParams.get("state");
  if (state !== null) to.searchParams.append("state", state);
  return redirect(to.href);
}
