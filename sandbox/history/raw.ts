/** The bytes of a made-up message, made when asked. */
import { mailDate } from "../mail/stamps";
import type { Tenant } from "../tenant";
import { generatedMessage } from "./generated";
import { hostileOf } from "./hostile";
import { hostileBytes } from "./hostile-raw";
import type { GeneratedMessage } from "./message";
import { kinds } from "./words";

const encoded = (text: string) => (/^[ -~]*$/.test(text) ? text : `=?utf-8?B?${Buffer.from(text, "utf8").toString("base64")}?=`);

function headOf({ from, fromName, recipients, subject, messageId, at, fromIp, mailFrom }: GeneratedMessage): string[] {
  return [
    `Received: from mail.sender.example ([${fromIp}]) by mxa.global.inbound.cf-emailsecurity.net with ESMTPS; ${mailDate(at)}`,
    `Return-Path: <${mailFrom}>`,
    `From: ${encoded(fromName)} <${from}>`,
    `To: ${recipients.join(", ")}`,
    `Subject: ${encoded(subject)}`,
    `Date: ${mailDate(at)}`,
    `Message-ID: ${messageId}`,
    "MIME-Version: 1.0",
  ];
}

function ordinary(message: GeneratedMessage): Buffer {
  const { disposition, link, attachment, number } = message;
  const { text } = kinds[disposition];
  const [outer, inner] = [`_made_${number}_`, `_text_${number}_`];
  const html = `<html><body><p>${text}</p>${link === null ? "" : `<p><a href="${link}">Open</a></p>`}</body></html>`;
  const file = Buffer.from(`%PDF-1.4 made for ${message.messageId}`).toString("base64");
  const attached = ["Content-Type: application/pdf", "Content-Transfer-Encoding: base64"];
  const lines = [
    ...[...headOf(message), `Content-Type: multipart/mixed; boundary="${outer}"`, "", `--${outer}`],
    ...[`Content-Type: multipart/alternative; boundary="${inner}"`, "", `--${inner}`],
    ...["Content-Type: text/plain; charset=utf-8", "", text, ...(link === null ? [] : [link]), `--${inner}`],
    ...["Content-Type: text/html; charset=utf-8", "", html, `--${inner}--`],
    ...(attachment === null ? [] : [`--${outer}`, ...attached, `Content-Disposition: attachment; filename="${attachment}"`, "", file]),
    ...[`--${outer}--`, ""],
  ];
  return Buffer.from(lines.join("\r\n"), "utf8");
}

/** Null for a number that there is no message of. */
export function generatedRaw(tenant: Tenant, number: number): Buffer | null {
  const message = generatedMessage(tenant, number);
  if (!message) return null;
  const isHostile = tenant.generatedMail?.kind === "hostile" && message.from.endsWith("@attacker.example");
  return isHostile ? hostileBytes(hostileOf(number).name, message) : ordinary(message);
}
