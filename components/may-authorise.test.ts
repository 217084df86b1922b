import { describe, expect, it } from "vitest";
import { HOLDERS, mayAuthorise } from "./may-authorise";

const tables = (privileged: string, global = "Nobody at this moment") => [
  { title: "Something else", columns: ["Role", "Held by"], rows: [["x", "ann@contoso.com"]] },
  {
    title: HOLDERS,
    columns: ["Role", "Held by"],
    rows: [
      ["Privileged Role Administrator", privileged],
      ["Global Administrator", global],
    ],
  },
];
const may = (upn: string, ...held: Parameters<typeof tables>) => mayAuthorise(upn, tables(...held))?.may;

describe("whether you may authorise", () => {
  it("goes by the whole sign-in name, however it is written", () => {
    expect(may("Ann@Contoso.com", "Ann (ann@contoso.com) and Bo (bo@contoso.com)")).toBe("yes");
    expect(may("ann@contoso.com", "Joann (joann@contoso.com)")).toBe("no");
    expect(may("ann@contoso.com", "Bo (bo@contoso.com)", "Ann (ann@contoso.com)")).toBe("yes");
  });

  it("is not denied to somebody who may be among those not named, or not read", () => {
    expect(may("ann@contoso.com", "Bo (bo@contoso.com) and 3 more")).toBe("unknown");
    expect(may("ann@contoso.com", "Microsoft did not answer.")).toBe("unknown");
    expect(may("ann@contoso.com", "Nobody at this moment")).toBe("no");
  });

  it("is not said where the step knows nothing of it", () => {
    expect(mayAuthorise("ann@contoso.com", tables("x").slice(0, 1))).toBeNull();
  });
});
