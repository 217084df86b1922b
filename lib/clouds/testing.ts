/** A certificate authority and its certificates for tests of clouds that speak TLS. Not used by the product. */
import "reflect-metadata"; // @peculiar/x509 asks for it
import { randomBytes } from "node:crypto";
import {
  BasicConstraintsExtension,
  PemConverter,
  SubjectAlternativeNameExtension,
  X509Certificate,
  X509CertificateGenerator,
} from "@peculiar/x509";

/** PEM, as a TLS server wants both. */
export type Pair = { readonly cert: string; readonly key: string };
export type Leaf = { readonly expired?: boolean; readonly selfSigned?: boolean };
export type TestAuthority = { readonly pem: string; readonly leaf: (host: string, kind?: Leaf) => Promise<Pair> };

const DAY_MS = 86_400_000;
const signingAlgorithm = { name: "ECDSA", namedCurve: "P-256", hash: "SHA-256" };
const newKeys = () => crypto.subtle.generateKey(signingAlgorithm, true, ["sign", "verify"]);
const serialNumber = () => `01${randomBytes(8).toString("hex")}`;
const lifetime = (endsInDays: number) => ({
  notBefore: new Date(Date.now() - 90 * DAY_MS),
  notAfter: new Date(Date.now() + endsInDays * DAY_MS),
});

export async function createTestAuthority(): Promise<TestAuthority> {
  const keys = await newKeys();
  const root = await X509CertificateGenerator.createSelfSigned({
    serialNumber: serialNumber(),
    name: "CN=Test root",
    ...lifetime(365),
    signingAlgorithm,
    keys,
    extensions: [new BasicConstraintsExtension(true, 0, true)],
  });
  const leaf = async (host: string, { expired = false, selfSigned = false }: Leaf = {}): Promise<Pair> => {
    const own = await newKeys();
    const certificate = await X509CertificateGenerator.create({
      serialNumber: serialNumber(),
      subject: `CN=${host}`,
      issuer: selfSigned ? `CN=${host}` : root.subject,
      ...lifetime(expired ? -1 : 30),
      signingAlgorithm,
      publicKey: own.publicKey,
      signingKey: selfSigned ? own.privateKey : keys.privateKey,
      extensions: [new SubjectAlternativeNameExtension([{ type: "dns", value: host }])],
    });
    const key = PemConverter.encode(await crypto.subtle.exportKey("pkcs8", own.privateKey), "PRIVATE KEY");
    return { cert: certificate.toString("pem"), key };
  };
  return { pem: new X509Certificate(root.rawData).toString("pem"), leaf };
}

/** A clock by which nothing that was said before is still fresh. */
export function everLater(): { readonly now: () => number } {
  let at = Date.UTC(2026, 0, 1);
  return {
    now: () => {
      at += 3_600_000;
      return at;
    },
  };
}
