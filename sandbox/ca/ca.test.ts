import { X509Certificate } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { connect, createServer } from "node:tls";
import { expect, test } from "vitest";
import { type Authority, type Leaf, openAuthority } from "./index";

/** What a client that trusts the root says of a host's certificate; "" where it is content. */
async function judged(authority: Authority, kind: Leaf, host = "mail.fabrikam.example"): Promise<string> {
  const server = createServer(await authority.certificate([host], kind), (socket) => socket.end());
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  const port = typeof address === "object" && address ? address.port : 0;
  const said = await new Promise<string>((resolve) => {
    const socket = connect({ host: "127.0.0.1", port, servername: host, ca: authority.pem });
    socket.once("secureConnect", () => resolve(""));
    socket.once("error", (problem: NodeJS.ErrnoException) => resolve(problem.code ?? problem.message));
    socket.once("close", () => socket.destroy());
  });
  await new Promise((resolve) => server.close(resolve));
  return said;
}

test("a host's certificate is trusted by whoever trusts the root, and each way of being wrong is that way", async () => {
  const authority = await openAuthority(undefined);
  expect(await judged(authority, "good")).toBe("");
  expect(await judged(authority, "expired")).toBe("CERT_HAS_EXPIRED");
  expect(await judged(authority, "self-signed")).toBe("DEPTH_ZERO_SELF_SIGNED_CERT");
  expect(await judged(authority, "wrong-name")).toBe("ERR_TLS_CERT_ALTNAME_INVALID");
  expect(await judged(await openAuthority(undefined), "good")).toBe("");
});

test("the root is made once a folder, and certificates once a host", async () => {
  const folder = mkdtempSync(join(tmpdir(), "authority-"));
  const first = await openAuthority(folder);
  const again = await openAuthority(folder);
  expect(again.pem).toBe(first.pem);
  expect(readFileSync(join(folder, "ca.pem"), "utf8")).toBe(first.pem);
  expect(await first.certificate(["a.example"])).toBe(await first.certificate(["a.example"]));
  const leaf = new X509Certificate((await again.certificate(["a.example", "127.0.1.50"])).cert);
  expect(leaf.verify(new X509Certificate(first.pem).publicKey)).toBe(true);
  expect(leaf.subjectAltName).toBe("DNS:a.example, IP Address:127.0.1.50");
  rmSync(folder, { recursive: true });
});
