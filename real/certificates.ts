/** Certificates for mail servers as the world has them: a root, an intermediate authority under it, and leaves that are good or wrong in one way. */
import "reflect-metadata"; // @peculiar/x509 asks for it
import { randomBytes } from "node:crypto";
import {
  BasicConstraintsExtension,
  type Extension,
  KeyUsageFlags,
  KeyUsagesExtension,
  PemConverter,
  SubjectAlternativeNameExtension,
  X509CertificateGenerator,
} from "@peculiar/x509";

/** PEM. `chain`: what a server shows, its own certificate first. */
export type Pair = { readonly chain: string; readonly key: string };
export type Authority = {
  readonly pem: string;
  /** A leaf with the intermediate's certificate behind it; `alone` leaves that out, as careless administrators do. */
  readonly issue: (name: string, more?: { readonly days?: number; readonly alone?: boolean }) => Promise<Pair>;
};

type Signer = { readonly name: string; readonly keys: CryptoKeyPair };

const algorithm = { name: "ECDSA", namedCurve: "P-256", hash: "SHA-256" };
const DAY_MS = 86_400_000;
const newKeys = () => crypto.subtle.generateKey(algorithm, true, ["sign", "verify"]);

async function signed(by: Signer, of: Signer, extensions: Extension[], days: number): Promise<string> {
  const certificate = await X509CertificateGenerator.create({
    serialNumber: `01${randomBytes(15).toString("hex")}`,
    subject: of.name,
    issuer: by.name,
    publicKey: of.keys.publicKey,
    signingKey: by.keys.privateKey,
    signingAlgorithm: algorithm,
    notBefore: new Date(Date.now() - 400 * DAY_MS),
    notAfter: new Date(Date.now() + days * DAY_MS),
    extensions,
  });
  return `${certificate.toString("pem")}\n`;
}

const mayIssue = () => [new BasicConstraintsExtension(true, undefined, true), new KeyUsagesExtension(KeyUsageFlags.keyCertSign, true)];
const named = (name: string) => [new SubjectAlternativeNameExtension([{ type: "dns", value: name }])];
const keyPem = async ({ keys }: Signer) =>
  `${PemConverter.encode(await crypto.subtle.exportKey("pkcs8", keys.privateKey), "PRIVATE KEY")}\n`;

export async function createAuthority(name: string): Promise<Authority> {
  const root: Signer = { name: `CN=${name} root`, keys: await newKeys() };
  const between: Signer = { name: `CN=${name} intermediate`, keys: await newKeys() };
  const pem = await signed(root, root, mayIssue(), 365);
  const betweenPem = await signed(root, between, mayIssue(), 365);
  return {
    pem,
    issue: async (host, { days = 90, alone = false } = {}) => {
      const leaf: Signer = { name: `CN=${host}`, keys: await newKeys() };
      const own = await signed(between, leaf, named(host), days);
      return { chain: alone ? own : own + betweenPem, key: await keyPem(leaf) };
    },
  };
}

export async function selfSigned(host: string): Promise<Pair> {
  const leaf: Signer = { name: `CN=${host}`, keys: await newKeys() };
  return { chain: await signed(leaf, leaf, named(host), 90), key: await keyPem(leaf) };
}
