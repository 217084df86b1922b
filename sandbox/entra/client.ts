/** Proves that a token request comes from a registered application: by secret, or (Cutover) by an assertion signed with a registered certificate. */
import { X509Certificate } from "node:crypto";
import { cutoverApp, type World } from "../world";
import { type Refusal, refusals } from "./errors";
import { type Decoded, decodeToken, isSignedBy, thumbprints } from "./jwt";
import { registrationOf } from "./registrations";

const ASSERTION_TYPE = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";
/** Entra allows clocks to differ by five minutes. */
const SKEW_S = 300;

/** Null when the client is who it says. */
export function authenticateClient(form: URLSearchParams, world: World, directory: string): Refusal | null {
  const id = form.get("client_id");
  if (!id) return refusals.missing("client_id");
  const application = registrationOf(id);
  if (!application) return refusals.noApplication(id, directory);
  const assertion = form.get("client_assertion");
  if (assertion) return form.get("client_assertion_type") === ASSERTION_TYPE ? checkAssertion(assertion, world) : refusals.malformed();
  const secret = form.get("client_secret");
  if (!secret) return refusals.noCredential();
  return secret === application.secret ? null : refusals.secret(id);
}

function signer(token: Decoded, world: World): X509Certificate | undefined {
  const certificates = world.entra.certificates.map((pem) => new X509Certificate(pem));
  return certificates.find((certificate) => {
    const prints = thumbprints(certificate);
    return token.header["x5t#S256"] === prints["x5t#S256"] || token.header.x5t === prints.x5t;
  });
}

const seconds = (value: unknown) => (typeof value === "number" ? value : Number.NaN);

function checkAssertion(text: string, world: World): Refusal | null {
  const token = decodeToken(text);
  if (!token) return refusals.assertion("The assertion is not a JSON Web Token.");
  const certificate = signer(token, world);
  if (!certificate) return refusals.assertion("The key was not found.");
  if (!isSignedBy(token, certificate.publicKey)) return refusals.assertion("The key was found, but verifying the signature failed.");
  const { iss, sub, aud, exp, nbf } = token.payload;
  if (iss !== cutoverApp.clientId || sub !== cutoverApp.clientId) return refusals.assertion("Issuer and subject must be the client id.");
  if (typeof aud !== "string" || !/\/(oauth2\/v2\.0\/token|v2\.0)$/.test(aud))
    return refusals.assertion("The audience is not this token endpoint.");
  // by real time: the client signs with its own machine's clock, which nobody moves
  const now = Date.now() / 1_000;
  return seconds(exp) > now - SKEW_S && (nbf === undefined || seconds(nbf) < now + SKEW_S) ? null : refusals.assertionTime();
}
