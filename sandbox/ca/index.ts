/** The sandbox's own certificate authority: one root a data folder, certificates for hosts as they are asked for. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { createSecureContext, type SecureContext } from "node:tls";
import { type Leaf, newLeaf, newRoot, type Pair, readRoot } from "./certificates";

export type { Leaf, Pair } from "./certificates";

export type Authority = {
  /** The root's certificate, PEM: what Cutover is told to trust in addition. */
  pem: string;
  /** Made once a set of names and kind, then kept. */
  certificate(names: string[], kind?: Leaf): Promise<Pair>;
  context(names: string[], kind?: Leaf): Promise<SecureContext>;
};

/** An endless stream of made-up server names must not fill the memory. */
const mostKept = 2_000;

/** The root of this folder (`ca.pem` and `ca-key.pem`), made if there is none; without a folder one of the process. */
async function rootOf(folder: string | undefined): Promise<Pair> {
  if (folder === undefined) return newRoot();
  const files = { cert: join(folder, "ca.pem"), key: join(folder, "ca-key.pem") };
  if (existsSync(files.cert) && existsSync(files.key))
    return { cert: readFileSync(files.cert, "utf8"), key: readFileSync(files.key, "utf8") };
  const made = await newRoot();
  mkdirSync(folder, { recursive: true });
  writeFileSync(files.key, made.key, { mode: 0o600 });
  writeFileSync(files.cert, made.cert, { mode: 0o644 });
  return made;
}

function remembered<T>(make: (names: string[], kind: Leaf) => Promise<T>) {
  const kept = new Map<string, Promise<T>>();
  return (names: string[], kind: Leaf = "good"): Promise<T> => {
    const key = `${kind} ${names.join(" ")}`;
    const known = kept.get(key);
    if (known) return known;
    if (kept.size >= mostKept) kept.clear();
    const made = make(names, kind);
    kept.set(key, made);
    return made;
  };
}

export async function openAuthority(folder: string | undefined): Promise<Authority> {
  const pair = await rootOf(folder);
  const root = await readRoot(pair);
  const certificate = remembered((names, kind) => newLeaf(root, names, kind));
  return {
    pem: pair.cert,
    certificate,
    context: remembered(async (names, kind) => createSecureContext(await certificate(names, kind))),
  };
}
