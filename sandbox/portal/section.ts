/** What a section of a tenant's page is: how it shows, and what its form does. */
import type { Tenant } from "../tenant";
import type { World } from "../world";
import type { Markup } from "./markup";

export type Section = {
  /** Last part of the form's address. */
  id: string;
  title: string;
  show(tenant: Tenant, world: World): Markup;
  /** Null when done, else a sentence saying why not. Absent: nothing to do here. */
  act?(tenant: Tenant, world: World, form: URLSearchParams): string | null;
};

export const action = (tenant: Tenant, section: string) => `/portal/${tenant.id}/${section}`;
