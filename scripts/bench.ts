/** `npm run bench`: measures what was promised about speed and size, prints one table, and fails only on a broken bound. `npm run bench -- waves` runs one part. */
import { autoRetract } from "./bench/auto-retract";
import { dns } from "./bench/dns";
import { type House, startHouse } from "./bench/house";
import { journalFlow } from "./bench/journal-flow";
import { mailTrace } from "./bench/mail-trace";
import { manualRetraction } from "./bench/manual-retraction";
import { members } from "./bench/members";
import { pages } from "./bench/pages";
import { propagation } from "./bench/propagation";
import { machine, type Row, table } from "./bench/report";
import { useCaseSwitch } from "./bench/switch";
import { tests } from "./bench/tests";
import { trace } from "./bench/trace";
import { waves } from "./bench/waves";

type Part = (house: House) => Promise<readonly Row[]>;

const onHouse: Readonly<Record<string, Part>> = {
  waves,
  pages,
  dns,
  propagation,
  switch: useCaseSwitch,
  "journal-flow": journalFlow,
  "mail-trace": mailTrace,
  "manual-retraction": manualRetraction,
};
/** These carry runs out themselves, and the product's worker would be quicker. */
const workers: readonly string[] = ["switch"];
/** Those that start what they need themselves. */
const alone: Readonly<Record<string, () => Promise<readonly Row[]>>> = { members, trace, "auto-retract": autoRetract };
const names = [...Object.keys(onHouse), ...Object.keys(alone), "tests"];

/** Each part begins with an empty product, so that it measures the same alone and after the others. */
async function inNewHouse(name: string, part: Part): Promise<readonly Row[]> {
  const house = await startHouse(workers.includes(name) ? "off" : "inline");
  return part(house).finally(house.stop);
}

async function measure(chosen: readonly string[]): Promise<readonly Row[]> {
  const rows: Row[] = [];
  for (const [name, part] of Object.entries(onHouse)) {
    if (!chosen.includes(name)) continue;
    console.log(`· ${name} …`);
    rows.push(...(await inNewHouse(name, part)));
  }
  for (const [name, part] of Object.entries(alone)) {
    if (!chosen.includes(name)) continue;
    console.log(`· ${name} …`);
    rows.push(...(await part()));
  }
  return chosen.includes("tests") ? [...rows, ...tests()] : rows;
}

async function main(): Promise<number> {
  const asked = process.argv.slice(2);
  const unknown = asked.filter((name) => !names.includes(name));
  if (unknown.length > 0) {
    console.error(`There is no part "${unknown.join(", ")}". The parts are ${names.join(", ")}.`);
    return 2;
  }
  const rows = await measure(asked.length > 0 ? asked : names);
  console.log(`\n${machine()}\n\n${table(rows)}`);
  const broken = rows.filter((row) => row.verdict === "broken").length;
  console.log(broken > 0 ? `\n${broken} broken` : "\nEvery bound is kept.");
  return broken > 0 ? 1 : 0;
}

process.exit(await main());
