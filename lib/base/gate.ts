/** At most so many at once; the others wait in line. */
export type Gate = <T>(work: () => Promise<T>) => Promise<T>;

export function createGate(limit: number): Gate {
  const line: (() => void)[] = [];
  let inside = 0;
  return async (work) => {
    if (inside >= limit) await new Promise<void>((resolve) => line.push(resolve));
    else inside++;
    try {
      return await work();
    } finally {
      // The place is handed on, not given back and taken again, so nobody can slip in between.
      const next = line.shift();
      if (next === undefined) inside--;
      else next();
    }
  };
}
