/** The vendor's sending addresses, written as Microsoft 365 takes them: 42 entries, the same for both profiles. */

/** Published as 104.30.32.0/19 and 134.195.26.0/23. Microsoft takes nothing larger than a /24. */
const slash24s = (network: string, first: number, count: number): readonly string[] =>
  Array.from({ length: count }, (_, i) => `${network}.${first + i}.0/24`);

const US_SINGLES = ["52.11.209.211", "52.89.255.11", "52.0.67.109", "54.173.50.115"];
/** The older list had them for Europe only; the current one always. All of them everywhere is right in both. */
const EUROPE_SINGLES = ["52.58.35.43", "35.157.195.63"];

export const EGRESS: readonly string[] = [
  ...US_SINGLES,
  ...EUROPE_SINGLES,
  "158.51.64.0/26",
  "158.51.65.0/26",
  ...slash24s("104.30", 32, 32),
  ...slash24s("134.195", 26, 2),
];
