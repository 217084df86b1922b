/** Host names, however they are written. */

/** Whether a host is one of these or below one of them, on a label boundary: notgoogle.com is not Google. */
export function isUnder(host: string, suffixes: readonly string[]): boolean {
  const plain = host.toLowerCase().replace(/\.$/, "");
  return suffixes.some((suffix) => plain === suffix || plain.endsWith(`.${suffix}`));
}
