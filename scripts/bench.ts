/** `npm run bench`: measures what was promised about speed and size, prints one table, and fails only on a broken bound. `npm run bench -- waves` runs one part. */
import { dns } from "./bench/dns";
import { type House, startHouse } from "./bench/house";
import { pages } from "./bench/pages";
import { machine, type Row, table } from "./bench/report";
import { tests } from "./bench/tests";
import { waves } from "./bench/waves";

type Part = (house: House) => Promise<readonly Row[]>;

/** dns comes first: it moves the sandbox's clock by hours, and nothing must be waiting for that. */
const onHouse: Readonly<Record<string, Part>> = { dns, waves, pages };
const names = [...Object.keys(onHouse), "tests"];

async function measure(chosen: readonly string[]): Promise<readonly Row[]> {
  const parts = Object.entries(onHouse).filter(([name]) => chosen.includes(name));
  const rows: Row[] = [];
  if (parts.length > 0) {
    const house = await startHouse();
    try {
      for (const [name, part] of parts) {
        console.log(`· ${name} …`);
        rows.push(...(await part(house)));
      }
    } finally {
      await house.stop();
    }
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
