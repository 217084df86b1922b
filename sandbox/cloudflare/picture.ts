/** One drawn picture that stands for the preview of any message: a letter with grey lines. */
import { crc32, deflateSync } from "node:zlib";

const [width, height] = [480, 320];
const paper = 0xff;
const ink = 0xb0;
const edge = 0x60;

function shade(x: number, y: number): number {
  if (x < 2 || y < 2 || x >= width - 2 || y >= height - 2) return edge;
  if (y > 24 && y < 44 && x > 24 && x < 260) return edge;
  const isLine = y > 70 && y < 280 && (y - 70) % 22 < 8;
  return isLine && x > 24 && x < width - 24 - ((Math.floor((y - 70) / 22) * 37) % 140) ? ink : paper;
}

/** Length, name, content and checksum (PNG specification, 5.3). */
function chunk(name: string, content: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(name, "latin1"), content]);
  const [length, check] = [Buffer.alloc(4), Buffer.alloc(4)];
  length.writeUInt32BE(content.length);
  check.writeUInt32BE(crc32(named));
  return Buffer.concat([length, named, check]);
}

function drawn(): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  // eight bits, grey
  header.writeUInt8(8, 8);
  const row = (y: number) => Buffer.from([0, ...Array.from({ length: width }, (_, x) => shade(x, y))]);
  const pixels = Buffer.concat(Array.from({ length: height }, (_, y) => row(y)));
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  return Buffer.concat([signature, chunk("IHDR", header), chunk("IDAT", deflateSync(pixels)), chunk("IEND", Buffer.alloc(0))]);
}

let picture: string | undefined;

/** PNG in base64. */
export function previewPicture(): string {
  picture ??= drawn().toString("base64");
  return picture;
}
