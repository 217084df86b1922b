/** The sandbox's control API as verbs: what a story sets up, what it meddles with, and what it asks afterwards. */
import { z } from "zod";

const objects = z.array(z.looseObject({ Guid: z.string(), Name: z.string() }));
const tenantShape = z.looseObject({
  id: z.string(),
  name: z.string(),
  domains: z.array(z.looseObject({ id: z.string(), isInitial: z.boolean() })),
  users: z.array(z.looseObject({ id: z.string(), upn: z.string(), name: z.string() })),
  exchange: z.record(z.string(), objects),
  groups: z.array(z.looseObject({ address: z.string(), members: z.array(z.string()) })),
  zones: z.array(z.looseObject({ name: z.string(), records: z.array(z.looseObject({ type: z.string(), ttl: z.number() })) })),
  vendorApplication: z.looseObject({ appId: z.string(), ownerId: z.string() }).nullable(),
});
export type SandboxTenant = z.infer<typeof tenantShape>;

/** What Exchange holds, without the times of its changes: those tell that something was done and undone. */
export const settingsOf = ({ exchange }: SandboxTenant) =>
  Object.fromEntries(Object.entries(exchange).map(([kind, all]) => [kind, all.map(({ WhenChangedUTC: _, ...kept }) => kept)]));

const receivedShape = z.array(z.looseObject({ service: z.string(), cmdlet: z.string().optional(), status: z.number() }));
export type Received = z.infer<typeof receivedShape>;

export type Fault = {
  readonly tenant: string;
  readonly service: "entra" | "graph" | "exchange" | "cloudflare" | "dns";
  readonly kind: "latency" | "429" | "500" | "503" | "drop";
  readonly match?: string;
  readonly ms?: number;
  readonly times?: number;
};

export type Disposition = "MALICIOUS" | "SUSPICIOUS" | "SPOOF" | "SPAM" | "BULK";

export type Letter = {
  readonly tenant: string;
  /** One address, or several with commas. */
  readonly to: string;
  readonly from: string;
  readonly subject: string;
  readonly via: "mx" | "direct" | "internal";
  readonly fromIp?: string;
  readonly body?: string;
  /** What the vendor thinks of it; without one it is clean. */
  readonly disposition?: Disposition;
};
const postedShape = z.looseObject({ messageId: z.string() });

const mailboxesShape = z.object({
  mailboxes: z.array(
    z.object({
      address: z.string(),
      folders: z.record(z.string(), z.array(z.looseObject({ subject: z.string(), messageId: z.string() }))),
    }),
  ),
});
/** The vendor's own record of who moved what, message and recipient by message and recipient. */
const movesShape = z.object({
  moves: z.array(
    z.looseObject({ messageId: z.string(), recipient: z.string(), destination: z.string(), by: z.string(), success: z.boolean() }),
  ),
});
const accountShape = z.looseObject({
  accountId: z.string(),
  tokens: z.array(z.looseObject({ name: z.string(), value: z.string() })),
  actions: z.array(z.looseObject({ messageId: z.string(), operation: z.string(), recipient: z.string(), success: z.boolean() })),
});
const rawShape = z.object({ result: z.object({ raw: z.string() }) });

const outboxShape = z.array(z.looseObject({ to: z.array(z.string()), subject: z.string() }));
/** What the vendor's receiver took, and what it counted for each domain. */
const journalShape = z.object({
  reports: z.array(z.looseObject({ subject: z.string(), address: z.string(), host: z.string() })),
  counted: z.record(z.string(), z.number()),
});
const comparedShape = z.object({ equal: z.boolean(), differences: z.array(z.string()) });

export type Sandbox = ReturnType<typeof sandboxAt>;

export const minutes = (count: number): number => count * 60_000;
export const hours = (count: number): number => count * 3_600_000;

/** `url`: of the sandbox process. */
export function sandboxAt(url: string) {
  const ask = async (path: string, body?: unknown): Promise<unknown> => {
    const post = { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body) };
    const answer = await fetch(`${url}/sandbox/${path}`, body === undefined ? {} : post);
    if (!answer.ok) throw new Error(`The sandbox refused ${path}: ${await answer.text()}`);
    return answer.json();
  };
  return {
    url,
    /** A tenant of its own, so that stories side by side never meet. */
    tenant: async (scenario: string): Promise<SandboxTenant> => tenantShape.parse(await ask("tenants", { scenario })),
    state: async (id: string): Promise<SandboxTenant> => tenantShape.parse(await ask(`tenants/${id}`)),
    /** Everything that a setup may touch, in a form that can be compared. */
    snapshot: (id: string) => ask(`state?tenant=${id}`),
    /** What differs from an earlier snapshot, a line a place. */
    differences: async (id: string, earlier: unknown): Promise<readonly string[]> =>
      comparedShape.parse(await ask("compare", { tenant: id, with: earlier })).differences,
    /** What was said about a message on its way, and where its copies are. */
    mail: async (letter: Letter) => postedShape.parse(await ask("mail", letter)),
    /** Everybody's folders, and what lies in each. */
    mailboxes: async (id: string) => mailboxesShape.parse(await ask(`mailboxes?tenant=${id}`)).mailboxes,
    /** As the person whose mailbox it is does it. */
    moveByHand: (id: string, moved: { readonly messageId: string; readonly address: string; readonly folder: string }) =>
      ask("mailboxes/move", { tenant: id, ...moved }),
    moves: async (id: string) => movesShape.parse(await ask(`cloudflare/moves?tenant=${id}`)).moves,
    /** What the vendor let out of its quarantine, message and recipient by message and recipient. */
    releases: async (id: string) =>
      accountShape.parse(await ask(`cloudflare?tenant=${id}`)).actions.filter(({ operation }) => operation === "QUARANTINE_RELEASE"),
    /** Consent to the vendor's application, without the trip through its dashboard. */
    authorize: (id: string, product: "area1" | "cloudflare") => ask("vendor-application", { tenant: id, product }),
    /** A message's bytes, as the vendor itself hands them out. */
    bytesOf: async (id: string, message: string): Promise<Buffer> => {
      const { accountId, tokens } = accountShape.parse(await ask(`cloudflare?tenant=${id}`));
      const path = `${url}/client/v4/accounts/${accountId}/email-security/investigate/${encodeURIComponent(message)}/raw`;
      const answer = await fetch(path, { headers: { authorization: `Bearer ${tokens[0]?.value ?? ""}` } });
      return Buffer.from(rawShape.parse(await answer.json()).result.raw, "utf8");
    },
    /** Journal reports, host by host. */
    journal: async (id: string) => journalShape.parse(await ask(`journal?tenant=${id}`)),
    /** Mail that Cutover itself sent, to whom. */
    outbox: async () => outboxShape.parse(await ask("outbox")),
    edit: (id: string, path: string, value: unknown) => ask(`tenants/${id}/edit`, { path, value }),
    received: async (id: string): Promise<Received> => receivedShape.parse(await ask(`received?tenant=${id}`)),
    fault: (fault: Fault) => ask("faults", fault),
    dns: (edit: Readonly<Record<string, unknown>>) => ask("dns", edit),
    /** The clock is shared by all stories: it only ever goes forward. */
    advance: (advanceMs: number) => ask("clock", { advanceMs }),
  };
}
