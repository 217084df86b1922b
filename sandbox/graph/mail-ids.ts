/** Ids of messages and folders: a message's changes with every move, the immutable one does not (`Prefer: IdType="ImmutableId"`). */
import { guidFrom } from "../guid";
import type { Copy } from "../mail/copies";
import type { User } from "../tenant";

/** Real ones begin so too, and are told apart by it. */
const ordinary = "AAMkAG";
const immutable = "AAkALg";

const coded = (text: string) => Buffer.from(text, "utf8").toString("base64url");
const decoded = (text: string) => Buffer.from(text, "base64url").toString("utf8");

export const prefersImmutable = (headers: Record<string, string>): boolean => /idtype\s*=\s*"immutableid"/i.test(headers.prefer ?? "");

/** What of a copy's state an ordinary id stands for. */
const version = ({ folder, moves }: Copy) => `${folder} ${moves}`;

export const messageId = (copy: Copy, isImmutable: boolean): string =>
  isImmutable ? immutable + coded(copy.key) : ordinary + coded(`${copy.key}/${version(copy)}`);

export const changeKey = (copy: Copy): string => `CQAAAB${coded(guidFrom(`${copy.key} ${version(copy)}`)).slice(0, 26)}`;

export type ReadId = { key: string; isOf(copy: Copy): boolean };

/**
 * Null for what is no id of ours. An immutable id is one only where the header says so (facts: mail); what the service answers without it is
 * not on record: here it finds nothing.
 */
export function readMessageId(id: string, isImmutable: boolean): ReadId | null {
  const [prefix, rest] = [id.slice(0, 6), decoded(id.slice(6))];
  if (prefix === immutable) return { key: rest, isOf: () => isImmutable };
  if (prefix !== ordinary) return null;
  const cut = rest.lastIndexOf("/");
  return { key: rest.slice(0, cut), isOf: (copy) => rest.slice(cut + 1) === version(copy) };
}

export const folderId = ({ id }: User, name: string): string => `AQMkAD${coded(guidFrom(`${id} folder ${name}`)).slice(0, 48)}`;
