import { describe, expect, it } from "vitest";
import { between } from "./edits";
import { fold, type Receipt } from "./mine";

const connector = { Guid: "c", Name: "Theirs", RequireTls: false, SenderIPAddresses: ["1.1.1.1"] };
const receipts = (...all: ReturnType<typeof between>[]): readonly Receipt[] => all.flat().map((change) => ({ change }));

describe("what is ours", () => {
  it("an object that we made, by the id it was given", () => {
    const [change] = between("InboundConnector", null, { Name: "Ours", RequireTls: true });
    if (!change) throw new Error("no change");
    expect(fold([{ change, made: "new-id" }])).toMatchObject([{ key: "new-id", made: true, values: {} }]);
  });

  it("a value we put, with what was there before the first time", () => {
    const first = between("InboundConnector", connector, { RequireTls: true });
    const second = between("InboundConnector", { ...connector, RequireTls: true }, { RequireTls: false });
    expect(fold(receipts(first))).toMatchObject([{ values: { RequireTls: { was: false, ours: true } } }]);
    expect(fold(receipts(first, second))).toEqual([]);
  });

  it("not what we took back", () => {
    const put = between("InboundConnector", connector, { SenderIPAddresses: { including: ["2.2.2.2"] } });
    const back = between(
      "InboundConnector",
      { ...connector, SenderIPAddresses: ["1.1.1.1", "2.2.2.2"] },
      { SenderIPAddresses: ["1.1.1.1"] },
    );
    expect(fold(receipts(put, back))).toEqual([]);
  });

  it("not an object that we removed again", () => {
    const [made] = between("InboundConnector", null, { Name: "Ours" });
    const [removed] = between("InboundConnector", { Guid: "id", Name: "Ours" }, null);
    if (!made || !removed) throw new Error("no change");
    expect(fold([{ change: made, made: "id" }, { change: removed }])).toEqual([]);
  });

  it("nothing that cannot be put back", () => {
    const config = { Guid: "OrganizationConfig", Name: "OrganizationConfig", IsDehydrated: true };
    expect(fold(receipts(between("OrganizationConfig", config, { IsDehydrated: false })))).toEqual([]);
  });
});
