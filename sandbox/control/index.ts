/** The control API under /sandbox: what tests and the curious ask and turn. Not part of any service it stands in for. */
import type { Handler } from "../http";
import { json, redirect } from "../http";
import { certificate } from "./certificate";
import { clock } from "./clock";
import { cloudflare } from "./cloudflare";
import type { Control } from "./control";
import { dns } from "./dns";
import { faults } from "./faults";
import { received } from "./received";
import { reset } from "./reset";
import { compare, state } from "./state";
import { tenants } from "./tenants";
import { vendorApplication } from "./vendor-application";

const controls: Record<string, Control> = {
  ...{ clock, received, faults, tenants, reset, dns, cloudflare, certificate, state, compare },
  "vendor-application": vendorApplication,
};

export const control: Handler = async (request, world) => {
  const { pathname } = request.url;
  if (pathname === "/") return redirect("/portal");
  const [, name = "", rest = ""] = /^\/sandbox\/([a-z-]+)(?:\/(.*))?$/.exec(pathname) ?? [];
  if (!pathname.startsWith("/sandbox/")) return null;
  return controls[name]?.(request, world, rest) ?? json(404, { error: "The control API has nothing at this address." });
};
