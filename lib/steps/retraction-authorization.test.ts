import { describe, expect, it } from "vitest";
import { no } from "@/lib/base/result";
import { area1 } from "@/lib/profiles/area1";
import { cloudflare } from "@/lib/profiles/cloudflare";
import { retractionAuthorization } from "./retraction-authorization";
import { judged, refusals } from "./testing";

const { application: NAME, permissions: LEAST } = cloudflare.retraction.value;
const OURS = { appId: "0aa00000-0000-4000-8000-000000000001", ownerId: "0bb00000-0000-4000-8000-000000000001" };
const STRANGE = { appId: "0aa00000-0000-4000-8000-00000000dead", ownerId: "0bb00000-0000-4000-8000-00000000dead" };
const CONFIRMED = `${OURS.appId} ${OURS.ownerId}`;
const PRIVILEGED = "e8611ab8-c189-46e8-94e1-60213ab1f814";
const GLOBAL = "62e90394-69f5-4237-9190-012177145e10";

const application = (more: object = {}) => ({ id: "sp1", ...OURS, name: NAME, roles: [...LEAST], isEnabled: true, ...more });
const lookAlike = (more: object = {}) => application({ id: "sp2", ...STRANGE, ...more });
const person = (n: number) => ({ id: `p${n}`, name: `Admin ${n}`, upn: `admin${n}@contoso.com` });

const look = (applications: readonly object[], settings: object = {}, more: Parameters<typeof judged>[3] = {}) =>
  judged(
    retractionAuthorization,
    settings,
    {
      [`vendorApplication/${NAME}`]: applications,
      [`roleHolder/${PRIVILEGED}`]: [person(1)],
      [`roleHolder/${GLOBAL}`]: [person(1), person(2)],
    },
    more,
  );

describe("an application that is not there", () => {
  it("was never authorised: says where it is done, who may, and what to do without the menu", () => {
    const { check, changes } = look([]);
    expect(check("found")).toMatchObject({ verdict: "fail" });
    for (const part of ["Domain management", "Admin 1 (admin1@contoso.com)", "Admin 2", "support"])
      expect(check("found")?.fix).toContain(part);
    expect(changes).toEqual([]);
  });

  it("names the role where nobody who holds it could be read", () => {
    const failed = { [`roleHolder/${PRIVILEGED}`]: no("denied", "No."), [`roleHolder/${GLOBAL}`]: no("denied", "No.") };
    expect(look([], {}, { failed }).check("found")?.fix).toContain("a Privileged Role Administrator or Global Administrator");
  });

  it("was confirmed and is gone: that is a revoked consent, and fails", () => {
    const { check } = look([], { application: CONFIRMED });
    expect(check("found")).toMatchObject({ verdict: "fail" });
    expect(check("found")?.saw).toContain("revoked");
    expect(check("found")?.saw).toContain(OURS.appId);
  });

  it("was confirmed, and another of its name took its place: gone all the same, and the other is warned of", () => {
    const { check } = look([lookAlike()], { application: CONFIRMED });
    expect(check("found")?.verdict).toBe("fail");
    expect(check("identity")).toBeUndefined();
    expect(check("look-alike/sp2")).toMatchObject({ verdict: "warn" });
    expect(check("permissions")).toBeUndefined();
  });
});

describe("whose it is", () => {
  it("a name alone is unknown, with both ids to compare", () => {
    const { check } = look([application()]);
    expect(check("found")?.verdict).toBe("pass");
    expect(check("identity")).toMatchObject({ verdict: "unknown" });
    expect(check("identity")?.onWord).toBeUndefined();
    for (const id of [OURS.appId, OURS.ownerId]) expect(check("identity")?.saw).toContain(id);
  });

  it("the confirmed ids pass, however they are written", () => {
    const { check, checks } = look([application()], { application: CONFIRMED.toUpperCase() });
    expect(check("identity")?.verdict).toBe("pass");
    expect(checks.every(({ verdict }) => verdict === "pass")).toBe(true);
  });

  it("the same application id under another owner is not the confirmed one", () => {
    expect(look([application({ ownerId: STRANGE.ownerId })], { application: CONFIRMED }).check("found")?.verdict).toBe("fail");
  });

  it("two of one name: none is judged before one is confirmed, and that they have two owners is warned of", () => {
    const { check } = look([application(), lookAlike()]);
    expect(check("identity")?.saw).toContain(STRANGE.appId);
    expect(check("look-alike")?.verdict).toBe("warn");
    expect(check("permissions")).toBeUndefined();
  });

  it("a look-alike of another owner is named with what it can reach, beside the confirmed one", () => {
    const { check } = look([application(), lookAlike({ roles: ["Mail.Read"] })], { application: CONFIRMED });
    expect(check("identity")?.verdict).toBe("pass");
    expect(check("permissions")?.verdict).toBe("pass");
    expect(check("look-alike/sp2")?.saw).toContain(STRANGE.ownerId);
    expect(check("look-alike/sp2")?.saw).toContain("Mail.Read");
    expect(look([application(), lookAlike({ roles: [] })], { application: CONFIRMED }).check("look-alike/sp2")?.saw).toContain(
      "cannot reach mail",
    );
  });

  it("the form offers each by both ids, and that nobody knows yet", () => {
    const [field] = look([application(), lookAlike()]).fields;
    expect(field?.type === "choice" && field.options.map(({ value }) => value)).toEqual([
      CONFIRMED,
      `${STRANGE.appId} ${STRANGE.ownerId}`,
      "",
    ]);
    expect(look([]).fields).toEqual([]);
    expect(refusals(retractionAuthorization, { application: "just one" })).toEqual([]);
    expect(refusals(retractionAuthorization, { application: "one" })).toEqual(["Choose one of the applications that were found."]);
  });
});

describe("what it may do", () => {
  const confirmed = (more: object) => look([application(more)], { application: CONFIRMED });

  it("each permission of the least set that is missing fails by its name", () => {
    const { check } = confirmed({ roles: LEAST.filter((role) => !["Group.Read.All", "User.Read.All"].includes(role)) });
    expect(check("permission/Group.Read.All")?.verdict).toBe("fail");
    expect(check("permission/User.Read.All")?.verdict).toBe("fail");
    expect(check("permissions")).toBeUndefined();
  });

  it("reading mail is not moving it", () => {
    const roles = [...LEAST.filter((role) => role !== "Mail.ReadWrite"), "Mail.Read"];
    expect(confirmed({ roles }).check("permission/Mail.ReadWrite")?.saw).toContain("Mail.Read, which reads messages and moves none");
  });

  it("more than is needed is a warning; what the vendor's directory takes is explained", () => {
    const { check } = confirmed({ roles: [...LEAST, "Directory.Read.All", "Files.Read.All"] });
    expect(check("permissions")?.verdict).toBe("pass");
    expect(check("permission/extra")).toMatchObject({ verdict: "warn" });
    expect(check("permission/extra")?.saw).toContain("Files.Read.All");
    expect(check("permission/extra")?.saw).toContain("Directory.Read.All is for synchronising your directory");
  });

  it("one that is turned off fails", () => {
    expect(confirmed({ isEnabled: false }).check("enabled")?.verdict).toBe("fail");
  });

  it("its own page in Entra is linked by its ids", () => {
    expect(confirmed({ isEnabled: false }).check("enabled")?.fix).toContain(`objectId/sp1/appId/${OURS.appId}`);
  });
});

describe("who may authorise it", () => {
  const held = (privileged: readonly object[], global: readonly object[]) =>
    judged(
      retractionAuthorization,
      {},
      { [`vendorApplication/${NAME}`]: [], [`roleHolder/${PRIVILEGED}`]: privileged, [`roleHolder/${GLOBAL}`]: global },
    );

  it("two people pass, one of them with both roles counts once", () => {
    expect(held([person(1)], [person(1), person(2)]).check("holders")?.verdict).toBe("pass");
    expect(held([person(1)], [person(1)]).check("holders")).toMatchObject({ verdict: "warn" });
  });

  it("a group is not one person", () => {
    expect(held([{ id: "g", name: "Role administrators", upn: "" }], []).check("holders")).toMatchObject({
      verdict: "pass",
      saw: "Role administrators may, as Privileged Role Administrator or Global Administrator.",
    });
  });

  it("nobody is a warning that says how the role is given", () => {
    expect(held([], []).check("holders")?.fix).toContain("Roles & admins > Privileged Role Administrator");
  });

  it("many are named by the first five", () => {
    const { check, evidence } = held([1, 2, 3, 4, 5, 6, 7].map(person), []);
    expect(check("holders")?.saw).toContain("and 2 more");
    expect(evidence.find(({ title }) => title === "Who may authorise it")?.rows[1]).toEqual([
      "Global Administrator",
      "Nobody at this moment",
    ]);
  });

  it("a directory that cannot be asked is unknown, and hides nothing about the application", () => {
    const failed = { [`roleHolder/${GLOBAL}`]: no("denied", "Microsoft refused.") };
    const { check } = look([application()], { application: CONFIRMED }, { failed });
    expect(check("holders")).toMatchObject({ verdict: "unknown", saw: "Microsoft refused." });
    expect(check("permissions")?.verdict).toBe("pass");
  });
});

it("applications that cannot be read are unknown, never absent", () => {
  const failed = { [`vendorApplication/${NAME}`]: no("throttled", "Too many questions.") };
  const { check } = look([], { application: CONFIRMED }, { failed });
  expect(check("found")).toMatchObject({ verdict: "unknown", saw: "Too many questions." });
});

describe("without access", () => {
  const unasked = no("not-asked", "No access.");
  const failed = Object.fromEntries(
    [`vendorApplication/${NAME}`, "vendorApplication/Area 1 Security Synchronator", `roleHolder/${PRIVILEGED}`, `roleHolder/${GLOBAL}`].map(
      (name) => [name, unasked],
    ),
  );

  it("goes by the word about the product's application", () => {
    const none = judged(retractionAuthorization, { access: "without" }, {}, { failed });
    expect(none.checks.filter(({ id }) => id !== "settled")).toMatchObject([{ id: "found", verdict: "fail" }]);
    expect(none.fields.map(({ name }) => name)).toEqual(["authorized"]);
    expect(none.evidence.map(({ title }) => title)).toEqual(["What moving messages needs, and no more"]);
    const said = judged(retractionAuthorization, { access: "without", authorized: [NAME] }, {}, { failed });
    expect(said.check("found")).toMatchObject({ verdict: "unknown", onWord: true });
    const other = judged(retractionAuthorization, { access: "without", authorized: [NAME] }, {}, { failed, profile: area1 });
    expect(other.check("found")?.verdict).toBe("fail");
  });

  it("what a script found outranks the word", () => {
    const { check, fields } = look([], { access: "without", authorized: [NAME] });
    expect(check("found")?.verdict).toBe("fail");
    expect(fields).toEqual([]);
    expect(look([application()], { access: "without", application: CONFIRMED }).check("identity")?.verdict).toBe("pass");
  });
});

it("has a message ready for support, for whom the menu does not show", () => {
  for (const profile of [area1, cloudflare]) {
    const { support, menu } = profile.retraction.value;
    const step = retractionAuthorization.texts(profile).byHand.find(({ copy }) => copy?.includes(support.message));
    expect(step?.say).toContain(menu);
    expect(support.message).toContain(menu);
  }
});
