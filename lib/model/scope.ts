/** Whose data may be touched, and by whom: every function of the store takes one of these first. */

/** Always a person or a job by name. */
export type Actor = {
  readonly kind: "admin" | "staff" | "system";
  /** Object id of the person in their own tenant, or the name of the job. */
  readonly id: string;
  readonly name: string;
};

/**
 * The right to touch one tenant's data. Nominal by its private field: only `mint` makes one, and only
 * lib/usecases/access.ts may call it (held by house.test.ts).
 */
export class TenantScope {
  readonly #minted = true;
  private constructor(
    /** Entra tenant id. */
    readonly tenant: string,
    readonly actor: Actor,
  ) {}

  static mint(tenant: string, actor: Actor): TenantScope {
    return new TenantScope(tenant, actor);
  }

  get isMinted(): boolean {
    return this.#minted;
  }
}

/** The right to read a tenant's mail, on top of the right to its setup. Minted in the same place, for whoever holds it there and then. */
export class MailScope {
  readonly #minted = true;
  private constructor(readonly tenant: TenantScope) {}

  static mint(tenant: TenantScope): MailScope {
    return new MailScope(tenant);
  }

  get isMinted(): boolean {
    return this.#minted;
  }
}
