/** Lines of a CSV file (RFC 4180) that a spreadsheet opens without doing what a stranger wrote into it. */

/** What Excel, LibreOffice and Google Sheets take for the beginning of a formula (OWASP: CSV injection), also behind blanks, and in full width. */
const FORMULA = /^[\s\u00a0\ufeff]*[=+\-@\uff1d\uff0b\uff0d\uff20|%\t\r\n]/;

/** A spreadsheet that splits at semicolons begins a new cell there, whatever stands in quotes; quotes at its beginning are taken off. */
const INNER = /([;\t,][\s"]*)(?=[=+\-@|%\uff1d\uff0b\uff0d\uff20])/g;

/** An apostrophe in front makes it text in every spreadsheet. Numbers of ours come as numbers and stay so. */
const tame = (text: string): string => (FORMULA.test(text) ? `'${text}` : text).replace(INNER, "$1'");

const cell = (value: string | number): string =>
  // Line breaks inside of a cell are allowed by the RFC and trip half of the readers.
  typeof value === "number" ? String(value) : `"${tame(value.replace(/[\r\n]+/g, " ").replaceAll("\0", "")).replaceAll('"', '""')}"`;

export const csvLine = (cells: readonly (string | number)[]): string => `${cells.map(cell).join(",")}\r\n`;

/** Excel takes a file without it for the machine's old code page. */
export const BYTE_ORDER_MARK = "\uFEFF";
