/** JSON whose texts are bytes: a message in any character set comes out of an answer as it was put in. */

// Byte by byte: a hostile message makes an answer of nothing but escapes, of which a pattern runs out of stack, and a text for each takes half a minute.
const [QUOTE, BACKSLASH, U] = [0x22, 0x5c, 0x75];
const DIGITS = new Int8Array(256).fill(-1);
for (let digit = 0; digit < 16; digit++) {
  const sign = digit.toString(16);
  DIGITS[sign.charCodeAt(0)] = digit;
  DIGITS[sign.toUpperCase().charCodeAt(0)] = digit;
}

/** What the escape there stands for; -1 where none is. */
function unitAt(bytes: Buffer, at: number): number {
  if (bytes[at] !== BACKSLASH || bytes[at + 1] !== U) return -1;
  let unit = 0;
  for (let i = at + 2; i < at + 6; i++) {
    const digit = DIGITS[bytes[i] ?? 0] ?? -1;
    if (digit < 0) return -1;
    unit = unit * 16 + digit;
  }
  return unit;
}

const isHigh = (unit: number): boolean => unit >= 0xd800 && unit < 0xdc00;
const isLow = (unit: number): boolean => unit >= 0xdc00 && unit < 0xe000;
/** Half of a pair that stands for a byte which is no UTF-8, as Python keeps them in text ("surrogateescape"). */
const isLoneByte = (point: number): boolean => point >= 0xdc80 && point <= 0xdcff;

/** As UTF-8. @returns where it ends. */
function put(to: Buffer, end: number, point: number): number {
  const size = point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
  if (size === 1) to[end] = point;
  else {
    let rest = point;
    for (let i = size - 1; i > 0; i--) {
      to[end + i] = 0x80 | (rest & 0x3f);
      rest >>= 6;
    }
    to[end] = ((0xf0 << (4 - size)) & 0xff) | rest;
  }
  return end + size;
}

/** The same as bytes of a JSON text; never more of them than the escape had. */
function spell(to: Buffer, end: number, point: number): number {
  if (point < 0x20) return end + to.write(`\\u${point.toString(16).padStart(4, "0")}`, end, "latin1");
  if (point === QUOTE || point === BACKSLASH) {
    to[end] = BACKSLASH;
    to[end + 1] = point;
    return end + 2;
  }
  if (isLoneByte(point)) {
    to[end] = point - 0xdc00;
    return end + 1;
  }
  return put(to, end, isHigh(point) || isLow(point) ? 0xfffd : point);
}

/** @returns JSON text in which every character up to U+00FF is one byte; `Buffer.from(text, "latin1")` gives them back. */
export function byteWise(body: ArrayBuffer): string {
  const from = Buffer.from(body);
  if (!from.includes("\\u")) return from.toString("latin1");
  const to = Buffer.allocUnsafe(from.length);
  let [at, end] = [0, 0];
  while (at < from.length) {
    const unit = unitAt(from, at);
    if (unit < 0) {
      // Of another escape both bytes: a backslash may stand before a u.
      const size = from[at] === BACKSLASH && at + 1 < from.length ? 2 : 1;
      for (let i = 0; i < size; i++) to[end++] = from[at++] ?? 0;
      continue;
    }
    const low = isHigh(unit) ? unitAt(from, at + 6) : -1;
    const isPair = isLow(low);
    end = spell(to, end, isPair ? 0x10000 + ((unit - 0xd800) << 10) + (low - 0xdc00) : unit);
    at += isPair ? 12 : 6;
  }
  return to.toString("latin1", 0, end);
}
