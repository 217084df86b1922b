/** Mail records may go back only when the door is open, and has been for long enough: the undo guard of the switch. */
import { type Check, fail, pass, wait } from "@/lib/model/check";
import { EXCHANGE_WORKS_MS } from "@/lib/model/noun";
import { ask, type Moment, past } from "@/lib/model/query";
import { undoGuard } from "./shape";
import { listed, moment } from "./spans";
import { isLockDown } from "./vendor-connector";

const ID = "lock-off";
const about = "The door";

const isShut = (m: Moment<"InboundConnector">): boolean => m.rows.some(isLockDown);

/** When Microsoft certainly takes mail from everywhere again; 0 when the door never was seen shut. */
function openAt(moments: readonly Moment<"InboundConnector">[]): number {
  const lastShut = moments.findLastIndex(isShut);
  const opened = lastShut < 0 ? undefined : moments[lastShut + 1];
  return opened ? opened.first + EXCHANGE_WORKS_MS : 0;
}

export const lockOff = undoGuard({
  ids: [ID],
  queries: () => ({ connectors: ask("InboundConnector"), before: past(ask("InboundConnector")) }),
  checks({ connectors, before }, _of, now): readonly Check[] {
    const locked = connectors.filter(isLockDown);
    if (locked.length > 0)
      return [
        fail(
          ID,
          `${listed(locked.map((c) => `“${c.Name}”`))} refuses all mail that does not come from the gateway's servers. With the old records every message would bounce (550 5.7.51).`,
          "Take the lock back first, or turn that connector off.",
          { about, step: "lock-down" },
        ),
      ];
    const at = openAt(before);
    if (now < at)
      return [
        wait(ID, `The door was locked until a short time ago. Microsoft takes mail from everywhere again by ${moment(at)}.`, at, {
          about,
          fix: "Wait: with the old records, mail might still be refused.",
        }),
      ];
    return [pass(ID, "No connector refuses mail from other servers.", { about })];
  },
});
