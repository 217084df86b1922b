/** For tests: a self-signed certificate, written byte by byte, because Node makes keys but no certificates. */
import { createHash, generateKeyPairSync, sign } from "node:crypto";

function der(tag: number, ...parts: Buffer[]): Buffer {
  const body = Buffer.concat(parts);
  const length = body.length < 128 ? Buffer.from([body.length]) : Buffer.from([0x82, body.length >> 8, body.length & 0xff]);
  return Buffer.concat([Buffer.from([tag]), length, body]);
}

const sequence = (...parts: Buffer[]) => der(0x30, ...parts);
const objectId = (hex: string) => der(0x06, Buffer.from(hex, "hex"));

/** `1.2.840.113549.1.1.11`, sha256WithRSAEncryption. */
const SHA256_RSA = sequence(objectId("2a864886f70d01010b"), der(0x05));
const COMMON_NAME = "550403";

const utcTime = (ms: number) => der(0x17, Buffer.from(`${new Date(ms).toISOString().replace(/[-:T]/g, "").slice(2, 14)}Z`));

export interface SelfSigned {
  certificate: string;
  privateKey: string;
  /** SHA-256 of the certificate, hex, as msal-node wants it. */
  thumbprintSha256: string;
}

export function selfSigned(name: string): SelfSigned {
  const { privateKey, publicKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  const subject = sequence(der(0x31, sequence(objectId(COMMON_NAME), der(0x0c, Buffer.from(name)))));
  const life = sequence(utcTime(Date.now() - 86_400_000), utcTime(Date.now() + 365 * 86_400_000));
  const version = der(0xa0, der(0x02, Buffer.from([2])));
  const serial = der(0x02, Buffer.from([1]));
  const content = sequence(version, serial, SHA256_RSA, subject, life, subject, publicKey.export({ type: "spki", format: "der" }));
  const signature = der(0x03, Buffer.from([0]), sign("sha256", content, privateKey));
  const whole = sequence(content, SHA256_RSA, signature);
  const lines = whole.toString("base64").match(/.{1,64}/g) ?? [];
  return {
    certificate: `-----BEGIN CERTIFICATE-----\n${lines.join("\n")}\n-----END CERTIFICATE-----\n`,
    privateKey: privateKey.export({ type: "pkcs8", format: "pem" }).toString(),
    thumbprintSha256: createHash("sha256").update(whole).digest("hex"),
  };
}
