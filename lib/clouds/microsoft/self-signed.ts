/** A certificate of our own making with its key, as PEM, for tests of sign-in by certificate. Not used by the product. */
import { generateKeyPairSync, sign } from "node:crypto";

/** One DER element: tag, length, content. */
function der(tag: number, ...content: readonly Buffer[]): Buffer {
  const body = Buffer.concat(content);
  const length = body.length < 128 ? Buffer.from([body.length]) : Buffer.from([0x82, body.length >> 8, body.length & 255]);
  return Buffer.concat([Buffer.from([tag]), length, body]);
}

const sequence = (...content: readonly Buffer[]) => der(0x30, ...content);
const utcTime = (ms: number) => der(0x17, Buffer.from(`${new Date(ms).toISOString().slice(2, 19).replace(/[-:T]/g, "")}Z`));
const SHA256_WITH_RSA = sequence(Buffer.from("06092a864886f70d01010b", "hex"), Buffer.from("0500", "hex"));
const COMMON_NAME = Buffer.from("0603550403", "hex");
const YEAR_MS = 365 * 86_400_000;

export function selfSigned(now = Date.now()): string {
  const { publicKey, privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  const name = sequence(der(0x31, sequence(COMMON_NAME, der(0x0c, Buffer.from("cutover test")))));
  const validity = sequence(utcTime(now - YEAR_MS), utcTime(now + YEAR_MS));
  const info = sequence(
    der(0x02, Buffer.from([1])),
    SHA256_WITH_RSA,
    name,
    validity,
    name,
    publicKey.export({ type: "spki", format: "der" }),
  );
  const signature = der(0x03, Buffer.from([0]), sign("sha256", info, privateKey));
  const base64 = sequence(info, SHA256_WITH_RSA, signature).toString("base64").replace(/.{64}/g, "$&\n");
  return `-----BEGIN CERTIFICATE-----\n${base64}\n-----END CERTIFICATE-----\n${privateKey.export({ type: "pkcs8", format: "pem" })}`;
}
