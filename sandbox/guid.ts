/** Ids that come out the same for the same name, so that a reset tenant keeps its ids. */
import { createHash } from "node:crypto";

export function guidFrom(name: string): string {
  const hex = createHash("sha256").update(name).digest("hex");
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}
