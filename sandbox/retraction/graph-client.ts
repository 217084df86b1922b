/** The vendor's calls to Graph in one tenant, with immutable ids. */
import { z } from "zod";
import { graph } from "../graph/index";
import type { Tenant } from "../tenant";
import type { World } from "../world";
import { type Incoming, internal, origin } from "./internal";

export type Asking = { world: World; tenant: Tenant; token: string };

export function call({ world, token }: Asking, method: string, path: string, body?: object): Promise<Incoming> {
  const headers = {
    authorization: `Bearer ${token}`,
    prefer: 'IdType="ImmutableId"',
    ...(body ? { "content-type": "application/json" } : {}),
  };
  const url = new URL(`${origin}/v1.0/${path}`);
  return internal(graph, world, { method, url, headers, ...(body ? { body: JSON.stringify(body) } : {}) });
}

/** A text inside a filter, quoted and coded. */
const quoted = (text: string): string => encodeURIComponent(`'${text.replaceAll("'", "''")}'`);

export const mailbox = (address: string): string => `users/${encodeURIComponent(address)}`;

const copies = z.object({ value: z.array(z.object({ id: z.string(), parentFolderId: z.string() })) });
export type FoundCopy = { id: string; parentFolderId: string };

/** Wherever the person sees it; or what Graph answered instead. */
export async function search(asking: Asking, recipient: string, messageId: string): Promise<FoundCopy[] | Incoming> {
  const filter = `internetMessageId%20eq%20${quoted(messageId)}`;
  const answer = await call(asking, "GET", `${mailbox(recipient)}/messages?$filter=${filter}&$select=id,parentFolderId&$top=100`);
  const found = copies.safeParse(answer.body);
  return answer.status === 200 && found.success ? found.data.value : answer;
}

const withId = z.object({ id: z.string() });

/** Ids of folders never change. */
const folderIds = new WeakMap<Tenant, Map<string, string>>();

export async function folderId(asking: Asking, recipient: string, name: string): Promise<string | Incoming> {
  const kept = folderIds.get(asking.tenant) ?? new Map<string, string>();
  folderIds.set(asking.tenant, kept);
  const key = `${recipient.toLowerCase()} ${name}`;
  const known = kept.get(key);
  if (known !== undefined) return known;
  const answer = await call(asking, "GET", `${mailbox(recipient)}/mailFolders/${name}?$select=id`);
  const found = withId.safeParse(answer.body);
  if (answer.status !== 200 || !found.success) return answer;
  kept.set(key, found.data.id);
  return found.data.id;
}

const list = z.object({ value: z.array(withId) });

export async function isGroup(asking: Asking, address: string): Promise<boolean> {
  const answer = await call(asking, "GET", `groups?$filter=mail%20eq%20${quoted(address)}&$select=id`);
  const found = list.safeParse(answer.body);
  return found.success && found.data.value.length > 0;
}
