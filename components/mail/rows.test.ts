/** The list shows each message once, keeps its order, remembers its columns, and says in words what the vendor says in codes. */
import { describe, expect, it } from "vitest";
import type { MailRow } from "@/lib/usecases/views/mail";
import { columnsOf, FIRST_COLUMNS, withColumn } from "./columns";
import { merged } from "./rows";
import { deliveryWords, dispositionOf, modeWord } from "./words";

const row = (id: string): MailRow => ({
  id,
  at: 0,
  from: "",
  fromName: "",
  envelopeFrom: "",
  to: [],
  moreTo: 0,
  subject: "",
  disposition: "",
  deliveryStatus: [],
  deliveryMode: "",
  messageId: "",
  alertId: "",
  isQuarantined: false,
});
const ids = (rows: readonly MailRow[]) => rows.map(({ id }) => id).join("");

describe("the list", () => {
  it("has a message that two pages hold once, in its first place", () => {
    expect(ids(merged(["a", "b"].map(row), ["b", "c", "c", "d"].map(row)))).toBe("abcd");
  });

  it("remembers columns, and always has the subject, which leads to the message", () => {
    expect(columnsOf(undefined)).toEqual(FIRST_COLUMNS);
    expect(columnsOf("alert.at")).toEqual(["at", "subject", "alert"]);
    expect(columnsOf("nonsense.__proto__")).toEqual(["subject"]);
    expect(withColumn(["at", "subject"], "from", true)).toEqual(["at", "from", "subject"]);
    expect(withColumn(["at", "subject"], "subject", false)).toEqual(["at", "subject"]);
  });
});

describe("the vendor's codes", () => {
  it("are said in words, and odd ones as text that does no harm", () => {
    expect(dispositionOf("malicious-bec")).toMatchObject({ word: "Malicious, BEC", tone: "danger" });
    expect(dispositionOf("NONE")).toBeNull();
    expect(dispositionOf("constructor")).toMatchObject({ word: "constructor" });
    expect(dispositionOf("\u202Ex")).toMatchObject({ word: "‹U+202E›x" });
    expect(modeWord("JOURNAL")).toBe("Journaling");
    expect(modeWord("toString")).toBe("toString");
  });

  it("tell what is held from what was released", () => {
    expect(deliveryWords({ deliveryStatus: ["quarantined"], isQuarantined: true })).toBe("Quarantined");
    expect(deliveryWords({ deliveryStatus: ["quarantined", "delivered"], isQuarantined: false })).toBe("Released, Delivered");
    expect(deliveryWords({ deliveryStatus: [], isQuarantined: true })).toBe("Quarantined");
    expect(deliveryWords({ deliveryStatus: ["moved", "moved"], isQuarantined: false })).toBe("Moved");
  });
});
