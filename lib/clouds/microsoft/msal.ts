/** msal-node, fed with everything it would otherwise look up, and sending through our own HTTP. */
import { createHash, X509Certificate } from "node:crypto";
import {
  ConfidentialClientApplication,
  type ICachePlugin,
  type INetworkModule,
  type NetworkRequestOptions,
  type NetworkResponse,
} from "@azure/msal-node";
import { type Http, jsonOf } from "@/lib/base/http";
import type { Problem } from "@/lib/base/result";
import type { Authority } from "./authority";

export type Credential = {
  readonly clientId: string;
  readonly clientSecret?: string | undefined /** PEM of certificate and key. */;
  readonly certificate?: string | undefined;
};

export type Application = {
  readonly client: ConfidentialClientApplication;
  /** Why the last request got no answer at all; msal itself only says "network error". */
  readonly lastFailure: () => Problem | null;
};

type Deps = {
  readonly http: Http;
  readonly entraUrl: string;
  readonly credential: Credential;
  readonly tenant: string;
  readonly authority: Authority;
  readonly cachePlugin?: ICachePlugin;
  /** A code or a token request may be sent again; an authorization code works once. */
  readonly idempotent: boolean;
};

const SERVICE = "Microsoft Entra ID";
const PEM_KEY = /-----BEGIN ([A-Z]+ )?PRIVATE KEY-----[\s\S]+?-----END ([A-Z]+ )?PRIVATE KEY-----/;

function secretOf({ clientSecret, certificate }: Credential) {
  if (certificate === undefined) return { clientSecret: clientSecret ?? "" };
  const x509 = new X509Certificate(certificate);
  return {
    clientCertificate: {
      thumbprintSha256: createHash("sha256").update(x509.raw).digest("hex"),
      privateKey: PEM_KEY.exec(certificate)?.[0] ?? "",
      x5c: x509.toString(),
    },
  };
}

function network(http: Http, idempotent: boolean, note: (problem: Problem | null) => void): INetworkModule {
  const send = async <T>(method: "GET" | "POST", url: string, options: NetworkRequestOptions = {}): Promise<NetworkResponse<T>> => {
    const { headers = {}, body } = options;
    const answer = await http.request({
      service: SERVICE,
      method,
      url,
      headers,
      idempotent,
      maxBytes: 1_000_000,
      ...(body === undefined ? {} : { body }),
    });
    const value = answer.ok ? jsonOf(SERVICE, answer.value) : answer;
    note(value.ok ? null : value.problem);
    if (!answer.ok || !value.ok) throw new Error("There is no answer that msal could read.");
    // msal names the type of a body it has not seen yet and checks it itself.
    return { status: answer.value.status, headers: { ...answer.value.headers }, body: value.value as T };
  };
  return {
    sendGetRequestAsync: (url, options) => send("GET", url, options),
    sendPostRequestAsync: (url, options) => send("POST", url, options),
  };
}

export function createApplication({ http, entraUrl, credential, tenant, authority, cachePlugin, idempotent }: Deps): Application {
  const { host } = new URL(entraUrl);
  let failure: Problem | null = null;
  const client = new ConfidentialClientApplication({
    auth: {
      clientId: credential.clientId,
      // msal insists on https here; the endpoints it really uses are those of the metadata.
      authority: `https://${host}/${tenant}`,
      knownAuthorities: [host],
      authorityMetadata: authority.text,
      ...secretOf(credential),
    },
    system: {
      networkClient: network(http, idempotent, (problem) => {
        failure = problem;
      }),
      disableInternalRetries: true,
    },
    ...(cachePlugin === undefined ? {} : { cache: { cachePlugin } }),
  });
  return { client, lastFailure: () => failure };
}
