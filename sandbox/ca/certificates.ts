/** Makes X.509 certificates: a root that signs, and leaves for hosts, good ones and the kinds that go wrong in the wild. */
import "reflect-metadata"; // @peculiar/x509 asks for it
import { randomBytes } from "node:crypto";
import { isIP } from "node:net";
import {
  AuthorityKeyIdentifierExtension,
  BasicConstraintsExtension,
  ExtendedKeyUsage,
  ExtendedKeyUsageExtension,
  KeyUsageFlags,
  KeyUsagesExtension,
  PemConverter,
  SubjectAlternativeNameExtension,
  SubjectKeyIdentifierExtension,
  X509Certificate,
  X509CertificateGenerator,
} from "@peculiar/x509";

/** PEM, as a TLS server wants both. */
export type Pair = { cert: string; key: string };
type Root = { certificate: X509Certificate; keys: CryptoKeyPair };
export type Leaf = "good" | "expired" | "self-signed" | "wrong-name";

const algorithm = { name: "ECDSA", namedCurve: "P-256", hash: "SHA-256" };
const dayMs = 86_400_000;
const rootName = "CN=Cutover sandbox root, O=Cutover sandbox";
/** Whom a certificate of the wrong name was made for: what a server shows that nobody gave one of its own. */
const otherName = "default-certificate.sandbox.example";

const serial = () => `01${randomBytes(15).toString("hex")}`;
const newKeys = () => crypto.subtle.generateKey(algorithm, true, ["sign", "verify"]);

async function keyPem(keys: CryptoKeyPair): Promise<string> {
  return PemConverter.encode(await crypto.subtle.exportKey("pkcs8", keys.privateKey), "PRIVATE KEY");
}

export async function newRoot(): Promise<Pair> {
  const keys = await newKeys();
  const certificate = await X509CertificateGenerator.createSelfSigned({
    serialNumber: serial(),
    name: rootName,
    notBefore: new Date(Date.now() - dayMs),
    notAfter: new Date(Date.now() + 3_650 * dayMs),
    signingAlgorithm: algorithm,
    keys,
    extensions: [
      new BasicConstraintsExtension(true, 0, true),
      new KeyUsagesExtension(KeyUsageFlags.keyCertSign | KeyUsageFlags.cRLSign, true),
      await SubjectKeyIdentifierExtension.create(keys.publicKey),
    ],
  });
  return { cert: `${certificate.toString("pem")}\n`, key: `${await keyPem(keys)}\n` };
}

export async function readRoot({ cert, key }: Pair): Promise<Root> {
  const certificate = new X509Certificate(cert);
  const privateKey = await crypto.subtle.importKey("pkcs8", PemConverter.decodeFirst(key), algorithm, true, ["sign"]);
  return { certificate, keys: { privateKey, publicKey: await certificate.publicKey.export(algorithm, ["verify"]) } };
}

/** By the machine's clock, not the sandbox's: whoever checks a certificate goes by the machine's. */
function lifetime(kind: Leaf): { notBefore: Date; notAfter: Date } {
  const ended = kind === "expired";
  return { notBefore: new Date(Date.now() - (ended ? 120 : 1) * dayMs), notAfter: new Date(Date.now() + (ended ? -30 : 90) * dayMs) };
}

/** A certificate for these names (host names or addresses), the first of which is its subject. */
export async function newLeaf(root: Root, names: string[], kind: Leaf): Promise<Pair> {
  const keys = await newKeys();
  const shown = kind === "wrong-name" ? [otherName] : names;
  const subject = `CN=${shown[0]}`;
  const isAlone = kind === "self-signed";
  const certificate = await X509CertificateGenerator.create({
    serialNumber: serial(),
    subject,
    issuer: isAlone ? subject : root.certificate.subject,
    ...lifetime(kind),
    signingAlgorithm: algorithm,
    publicKey: keys.publicKey,
    signingKey: isAlone ? keys.privateKey : root.keys.privateKey,
    extensions: [
      new BasicConstraintsExtension(false, undefined, true),
      new KeyUsagesExtension(KeyUsageFlags.digitalSignature, true),
      new ExtendedKeyUsageExtension([ExtendedKeyUsage.serverAuth]),
      new SubjectAlternativeNameExtension(shown.map((value) => ({ type: isIP(value) === 0 ? ("dns" as const) : ("ip" as const), value }))),
      await AuthorityKeyIdentifierExtension.create(isAlone ? keys.publicKey : root.keys.publicKey),
    ],
  });
  return { cert: `${certificate.toString("pem")}\n`, key: `${await keyPem(keys)}\n` };
}
