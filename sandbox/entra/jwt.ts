/** JSON Web Tokens with node:crypto: signs ours (RS256), checks the client's (RS256 and PS256). Synchronous, so that a request is one turn. */
import { constants, createHash, type KeyObject, sign, verify, type X509Certificate } from "node:crypto";
import { z } from "zod";

const claims = z.record(z.string(), z.unknown());
export type Claims = z.infer<typeof claims>;

export interface Decoded {
  header: Claims;
  payload: Claims;
  signed: Buffer;
  signature: Buffer;
}

const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString("base64url");

/** A token of these claims, signed RS256. */
export function signToken(payload: Claims, header: { kid: string; x5t: string }, key: KeyObject): string {
  const body = `${part({ typ: "JWT", alg: "RS256", ...header })}.${part(payload)}`;
  return `${body}.${sign("sha256", Buffer.from(body), key).toString("base64url")}`;
}

/** The parts of a token, nothing checked; null where it is not one. */
export function decodeToken(token: string): Decoded | null {
  const [head, body, signature, more] = token.split(".");
  if (!head || !body || !signature || more !== undefined) return null;
  try {
    const read = (text: string) => claims.parse(JSON.parse(Buffer.from(text, "base64url").toString("utf8")));
    return {
      header: read(head),
      payload: read(body),
      signed: Buffer.from(`${head}.${body}`),
      signature: Buffer.from(signature, "base64url"),
    };
  } catch {
    // neither JSON nor an object
    return null;
  }
}

/** Did this key sign the token, with an algorithm Entra takes? */
export function isSignedBy(token: Decoded, key: KeyObject): boolean {
  const { alg } = token.header;
  if (alg === "RS256") return verify("sha256", token.signed, key, token.signature);
  if (alg !== "PS256") return false;
  const pss = { key, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: constants.RSA_PSS_SALTLEN_DIGEST };
  return verify("sha256", token.signed, pss, token.signature);
}

/** The two thumbprints a client may name its certificate by (RFC 7515 4.1.7 and 4.1.8). */
export function thumbprints(certificate: X509Certificate): { x5t: string; "x5t#S256": string } {
  const print = (algorithm: string) => createHash(algorithm).update(certificate.raw).digest("base64url");
  return { x5t: print("sha1"), "x5t#S256": print("sha256") };
}
