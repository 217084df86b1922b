/** Reading and changing the header of a raw message. Messages are strings of one character a byte, so nothing is lost on the way. */
export type Header = { name: string; value: string };

const endOfHeader = /\r?\n\r?\n/;

/** Headers in order, folded lines joined. Broken lines are left out, as servers do. */
export function headersOf(raw: string): Header[] {
  const head = raw.slice(0, endOfHeader.exec(raw)?.index ?? raw.length).replace(/\r?\n[ \t]+/g, " ");
  return head.split(/\r?\n/).flatMap((line) => {
    const [, name, value] = /^([!-9;-~]+):[ \t]*(.*)$/.exec(line) ?? [];
    return name === undefined || value === undefined ? [] : [{ name, value: value.trim() }];
  });
}

/** The first of that name. */
export function headerOf(headers: Header[], name: string): string | undefined {
  return headers.find((header) => header.name.toLowerCase() === name.toLowerCase())?.value;
}

export const valuesOf = (headers: Header[], name: string) =>
  headers.filter((header) => header.name.toLowerCase() === name.toLowerCase()).map((header) => header.value);

export function withHeaders(raw: string, added: Header[]): string {
  return added.map(({ name, value }) => `${name}: ${value}\r\n`).join("") + raw;
}

/** Before whatever the subject is; encoded words may stand beside plain text. */
export function withSubjectPrefix(raw: string, prefix: string): string {
  const end = endOfHeader.exec(raw)?.index ?? raw.length;
  const head = raw.slice(0, end);
  const line = /^subject:[ \t]*/im.exec(head);
  if (!line) return withHeaders(raw, [{ name: "Subject", value: prefix.trim() }]);
  const at = line.index + line[0].length;
  return raw.slice(0, at) + prefix + raw.slice(at);
}

export function withBodyPrefix(raw: string, text: string): string {
  const gap = endOfHeader.exec(raw);
  if (!gap) return `${raw}\r\n\r\n${text}`;
  const at = gap.index + gap[0].length;
  return `${raw.slice(0, at)}${text}\r\n\r\n${raw.slice(at)}`;
}

/** The bare address of a From or To header, lower case. */
export function addressIn(value: string | undefined): string {
  const text = value ?? "";
  return (/<([^<>\s]+@[^<>\s]+)>/.exec(text)?.[1] ?? /[^\s<>,;"]+@[^\s<>,;"]+/.exec(text)?.[0] ?? "").toLowerCase();
}

export const domainOf = (address: string) => address.slice(address.lastIndexOf("@") + 1).toLowerCase();

/** Encoded words to text, for subjects on pages and in message trace. */
export function decoded(value: string): string {
  return value
    .replace(/(\?=)\s+(=\?)/g, "$1$2")
    .replace(/=\?[\w-]+\?([bq])\?([^?]*)\?=/gi, (_, kind: string, text: string) =>
      kind.toLowerCase() === "b" ? Buffer.from(text, "base64").toString("utf8") : quoted(text),
    );
}

function quoted(text: string): string {
  const bytes = text.replaceAll("_", " ").replace(/=([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  return Buffer.from(bytes, "latin1").toString("utf8");
}
