/** The undo kit, made before the first change, puts a random tenant back, whatever was done since and without Cutover. */
import { expect, it } from "vitest";
import { readAll } from "@/lib/engine/read";
import { nothingIsMine } from "@/lib/model/mine";
import { kitFor } from "@/lib/model/powershell/kit";
import { catalogue } from "@/lib/steps/index";
import { kitOf, kitQueries } from "@/lib/steps/undo-kit";
import { wholeCase } from "./arbitraries";
import { applied, type Bench, benchOf, rest } from "./bench";
import { machine, runScript } from "./console";
import { holds } from "./law";
import { essence } from "./state";

async function kitNow(bench: Bench): Promise<string> {
  const kit = kitOf(await readAll([kitQueries], bench), nothingIsMine);
  if (kit === null) throw new Error("a kind of object could not be read");
  return kitFor({
    ...kit,
    tenant: machine.tenant,
    role: "Exchange Administrator",
    madeAt: "2026-08-20T00:00:00.000Z",
    byHand: ["MX: back"],
  });
}

/** What a kit's script can reach; DNS and the vendor are a person's. */
const KINDS = new Set([
  "InboundConnector",
  "TransportRule",
  "HostedContentFilterPolicy",
  "QuarantinePolicy",
  "HostedConnectionFilterPolicy",
]);
const reached = (state: ReturnType<typeof essence>) => Object.fromEntries(Object.entries(state).filter(([kind]) => KINDS.has(kind)));

it("puts everything back that any step changes", { timeout: 240_000 }, () =>
  holds("undo kit", wholeCase(catalogue), async ({ start, settings, profile }) => {
    const bench = benchOf(start, profile);
    const kit = await kitNow(bench);
    for (const step of catalogue) {
      await applied(step, settings[step.id], bench, step.id);
      rest(bench);
    }
    const { stopped: halted } = await runScript(kit, bench.fake, "5.1", () => "no");
    expect(halted).toContain("Nothing more was put back");
    const { stopped } = await runScript(kit, bench.fake, "5.1", () => "BACK");
    expect(stopped).toBeNull();
    expect(reached(essence(bench.fake.state))).toEqual(reached(essence(start)));
    const again = await runScript(kit, bench.fake, "7", () => "BACK");
    expect(again.stopped).toBeNull();
    expect(reached(essence(bench.fake.state))).toEqual(reached(essence(start)));
  }),
);
