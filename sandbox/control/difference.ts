/** What differs between two values, one line a place: its path, what was there and what is there now. */
export function differences(before: unknown, now: unknown, path = ""): string[] {
  if (isRecord(before) && isRecord(now)) {
    const names = [...new Set([...Object.keys(before), ...Object.keys(now)])].sort();
    return names.flatMap((name) => differences(before[name], now[name], path === "" ? name : `${path} > ${name}`));
  }
  const [was, is] = [JSON.stringify(before), JSON.stringify(now)];
  if (was === is) return [];
  if (was === undefined) return [`${path} is new: ${is}`];
  if (is === undefined) return [`${path} is gone: ${was}`];
  return Array.isArray(before) && Array.isArray(now) ? entries(before, now, path) : [`${path} was ${was}, is ${is}`];
}

function entries(before: unknown[], now: unknown[], path: string): string[] {
  const texts = (list: unknown[]) => new Set(list.map((entry) => JSON.stringify(entry)));
  const [was, is] = [texts(before), texts(now)];
  return [
    ...[...was].filter((entry) => !is.has(entry)).map((entry) => `${path} lacks ${entry}`),
    ...[...is].filter((entry) => !was.has(entry)).map((entry) => `${path} has ${entry} besides`),
  ];
}

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === "object" && value !== null && !Array.isArray(value);
