/** The sandbox's own record of moves, held against what should have been moved: nothing lost, nothing twice. */
import { z } from "zod";

const movesShape = z.object({
  moves: z.array(
    z.object({ messageId: z.string(), recipient: z.string(), destination: z.string(), success: z.boolean(), status: z.string() }),
  ),
});
export type Move = z.infer<typeof movesShape>["moves"][number];
/** A message by the vendor's id, and who should have lost it. */
export type Meant = { readonly id: string; readonly recipients: readonly string[] };
export type Once = { readonly copies: number; readonly lost: number; readonly twice: number; readonly failed: number };

/** In the order in which they were made. */
export async function movesOf(sandboxUrl: string, tenant: string): Promise<readonly Move[]> {
  return movesShape.parse(await (await fetch(`${sandboxUrl}/sandbox/cloudflare/moves?tenant=${tenant}`)).json()).moves;
}

/** `twice`: every move beyond the first of a copy, and every move of what nobody meant. */
export function heldAgainst(moves: readonly Move[], meant: readonly Meant[]): Once {
  const times = new Map<string, number>();
  for (const { messageId, recipient } of moves) {
    const copy = `${messageId} ${recipient.toLowerCase()}`;
    times.set(copy, (times.get(copy) ?? 0) + 1);
  }
  const copies = new Set(meant.flatMap(({ id, recipients }) => recipients.map((one) => `${id} ${one.toLowerCase()}`)));
  return {
    copies: copies.size,
    lost: [...copies].filter((copy) => !times.has(copy)).length,
    twice: moves.length - [...copies].filter((copy) => times.has(copy)).length,
    failed: moves.filter(({ success }) => !success).length,
  };
}

export const wrongIn = ({ lost, twice, failed }: Once): number => lost + twice + failed;
