/** Keys for lists that are drawn once and in order: a key made of the text would send every text twice. */

export const numbered = <T>(list: readonly T[]): readonly { readonly item: T; readonly key: string }[] =>
  list.map((item, i) => ({ item, key: String(i) }));
