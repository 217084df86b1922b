import { describe, expect, it } from "vitest";
import { between } from "./edits";
import { fold } from "./mine";

const policy = (IPAllowList: readonly string[]) => ({ Guid: "p", Name: "Default", IPAllowList });
const connector = { Guid: "c", Name: "Ours", Enabled: true, RequireTls: false, SenderIPAddresses: ["1.1.1.1"] };

describe("what lies between what is there and what is wanted", () => {
  it("nothing, when it is there in another order", () => {
    expect(between("HostedConnectionFilterPolicy", policy(["b", "a"]), { IPAllowList: ["a", "b"] })).toEqual([]);
  });

  it("leaves entries of others in a list of which only some are wanted", () => {
    const [change] = between("HostedConnectionFilterPolicy", policy(["9.9.9.9"]), { IPAllowList: { including: ["1.1.1.1"] } });
    expect(change?.edits).toEqual({ IPAllowList: { add: ["1.1.1.1"], remove: [], whole: ["9.9.9.9", "1.1.1.1"] } });
  });

  it("takes an object from nothing as new, with its first values from nothing", () => {
    const [change] = between("InboundConnector", null, { Name: "Ours", Enabled: true });
    expect(change).toMatchObject({ do: "new", key: "", name: "Ours", edits: { Enabled: { from: null, to: true } } });
  });

  it("takes an object to nothing as removed, with what it was", () => {
    const [change] = between("InboundConnector", connector, null);
    expect(change).toMatchObject({ do: "remove", key: "c", edits: { RequireTls: { from: false, to: null } } });
  });

  it("makes a call of its own of a property that the usual one cannot write", () => {
    const rule = { Guid: "r", Name: "Rule", Enabled: false, SetSCL: 5 };
    const changes = between("TransportRule", rule, { Enabled: true, SetSCL: 9 });
    expect(changes.map((c) => Object.keys(c.edits))).toEqual([["SetSCL"], ["Enabled"]]);
  });

  it("goes back to what was there before us when nothing is wanted any more", () => {
    const done = between("InboundConnector", connector, { RequireTls: true, SenderIPAddresses: { including: ["2.2.2.2"] } });
    const [mark] = fold(done.map((change) => ({ change })));
    const now = { ...connector, RequireTls: true, SenderIPAddresses: ["1.1.1.1", "2.2.2.2", "3.3.3.3"] };
    const [back] = between("InboundConnector", now, {}, mark);
    expect(back?.edits).toEqual({
      RequireTls: { from: true, to: false },
      SenderIPAddresses: { add: [], remove: ["2.2.2.2"], whole: ["1.1.1.1", "3.3.3.3"] },
    });
  });

  it("leaves a value that somebody changed after us as it is", () => {
    const done = between("InboundConnector", { ...connector, Comment: "theirs" }, { Comment: "ours" });
    const [mark] = fold(done.map((change) => ({ change })));
    expect(between("InboundConnector", { ...connector, Comment: "theirs again" }, {}, mark)).toEqual([]);
  });
});
