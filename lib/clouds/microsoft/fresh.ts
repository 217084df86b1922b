/** When a refusal may only mean that our token is older than the grant: roles are baked into a token when it is issued. */
import type { Clock } from "@/lib/base/clock";
import type { Result } from "@/lib/base/result";
import type { Resource, Token, Tokens } from "./tokens";

/** A token younger than this would be no different if asked for again, and a refused tenant must not cost a token a page. */
const YOUNG_MS = 20_000;

/** The tokens of one wave or one write. */
export type Bearer = {
  readonly get: () => Promise<Result<Token>>;
  /** Whether a refusal of this token is worth another try; from then on `get` gives a newer one. */
  readonly isWorthRenewing: (refused: Token) => boolean;
};

export function createBearer(tokens: Tokens, clock: Clock, tenant: string, resource: Resource): Bearer {
  let newerThan = 0;
  let renewed: string | null = null;
  return {
    get: () => tokens.get(tenant, resource, newerThan),
    isWorthRenewing: (refused) => {
      // Several parts of a batch are refused with the same token: all of them may try once more, none of them twice.
      if (renewed !== null) return refused.text === renewed;
      if (clock.now() - refused.issuedAt <= YOUNG_MS) return false;
      renewed = refused.text;
      newerThan = clock.now() - YOUNG_MS;
      return true;
    },
  };
}
