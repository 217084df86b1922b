/** Random rows of what retraction is about: applications that are called like the vendor's, and who may authorise one. */
import fc from "fast-check";
import type { Obj } from "./state";

/** What the vendor calls its application, in both products. */
const NAMES = ["Area 1 Security Synchronator", "Email Security Synchronator"] as const;
const LEAST = ["Domain.Read.All", "Group.Read.All", "GroupMember.Read.All", "Mail.ReadWrite", "Organization.Read.All", "User.Read.All"];

const application = (name: string, nth: number, roles: readonly string[], isEnabled: boolean): Obj => ({
  Guid: `sp-${nth}-${name.length}`,
  Name: name,
  id: `sp-${nth}-${name.length}`,
  appId: `a0000000-0000-4000-8000-00000000000${nth}`,
  ownerId: `b0000000-0000-4000-8000-00000000000${nth}`,
  name,
  roles: [...roles],
  isEnabled,
});

/** None, the right one with all, less or more than it needs, and perhaps a second one of the same name. */
const called = (name: string): fc.Arbitrary<readonly Obj[]> =>
  fc
    .tuple(
      fc.constantFrom([], LEAST, LEAST.slice(0, 3), [...LEAST, "Directory.Read.All", "full_access_as_app (Office 365 Exchange Online)"]),
      fc.boolean(),
      fc.constantFrom(0, 1, 1, 2),
    )
    .map(([roles, isEnabled, count]) =>
      [application(name, 1, roles, isEnabled), application(name, 2, ["Mail.Read"], true)].slice(0, count),
    );

const holder = (role: string, id: string, name: string, upn: string): Obj => ({ Guid: `${role}-${id}`, Name: name, role, id, name, upn });
const holders = fc.subarray([
  holder("e8611ab8-c189-46e8-94e1-60213ab1f814", "u1", "Roles admin", "roles@contoso.com"),
  holder("e8611ab8-c189-46e8-94e1-60213ab1f814", "g1", "Role administrators", ""),
  holder("62e90394-69f5-4237-9190-012177145e10", "u2", "Contoso admin", "admin@contoso.com"),
]);

export const retractionRows = {
  vendorApplication: fc.tuple(...NAMES.map(called)).map((all) => all.flat()),
  roleHolder: holders,
} as const;

const choice = fc.constantFrom("none", "junk", "trash", "soft", "hard");
export const retractionSettings: Readonly<Record<string, fc.Arbitrary<unknown>>> = {
  "retraction-authorization": fc.record({
    access: fc.constantFrom("consent", "consent", "without"),
    application: fc.constantFrom("", "a0000000-0000-4000-8000-000000000001 b0000000-0000-4000-8000-000000000001", "x y"),
    authorized: fc.subarray([...NAMES]),
  }),
  "auto-retract": fc.record({
    by: fc.constantFrom("vendor", "cutover"),
    table: fc.record({ MALICIOUS: choice, SUSPICIOUS: choice, SPOOF: choice, SPAM: choice, BULK: choice }),
    source: fc.constantFrom("journal", "bcc", "graph"),
    running: fc.constantFrom(null, { since: 1_700_000_000_000 }),
    stopped: fc.constantFrom(null, { at: 1_700_000_000_000, say: "Cloudflare does not accept this API token." }),
  }),
};
