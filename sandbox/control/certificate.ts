/** Registers a certificate (PEM) for Cutover, as the app registration's page would. */
import { X509Certificate } from "node:crypto";
import { json } from "../http";
import type { Control } from "./control";

export const certificate: Control = (request, world) => {
  if (request.method === "POST") {
    const pem = /-----BEGIN CERTIFICATE-----[\s\S]+?-----END CERTIFICATE-----/.exec(
      request.body.toString("utf8").replaceAll("\\n", "\n"),
    )?.[0];
    if (!pem || !isCertificate(pem)) return json(400, { error: "Send a certificate as PEM." });
    if (!world.entra.certificates.includes(pem)) world.entra.certificates.push(pem);
    world.save();
  }
  return json(200, { certificates: world.entra.certificates });
};

function isCertificate(pem: string): boolean {
  try {
    return new X509Certificate(pem).subject !== undefined;
  } catch {
    return false;
  }
}
