/** What a mail server's certificate is worth. Nothing here refuses one: that it is not trusted, or names another host, is what we came to find out. */
import { checkServerIdentity, type TLSSocket } from "node:tls";
import { storable } from "@/lib/base/storable";

export type Certificate = {
  readonly trusted: boolean;
  readonly matches: boolean;
  readonly subject: string;
  readonly issuer: string;
  /** ISO 8601. */
  readonly validTo: string;
};

const MOST = 300;

/** The common name, or the organisation where there is none. Either may be a list. */
const nameOf = (fields: Readonly<Record<string, string | string[] | undefined>> | undefined): string =>
  storable([fields?.["CN"] ?? fields?.["O"] ?? ""].flat().join(", "), MOST);

/** Null when the server showed none. `trusted` is OpenSSL's word on the chain, its dates included, by the machine's clock. */
export function certificateOf(socket: TLSSocket, host: string): Certificate | null {
  const seen = socket.getPeerCertificate();
  const validTo = new Date(seen.valid_to);
  if (Number.isNaN(validTo.getTime())) return null;
  return {
    trusted: socket.authorized,
    matches: checkServerIdentity(host, seen) === undefined,
    subject: nameOf({ ...seen.subject }),
    issuer: nameOf({ ...seen.issuer }),
    validTo: validTo.toISOString(),
  };
}
