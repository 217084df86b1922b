/** Work that must not run twice at once for the same thing: the next begins when the one before is over. */
export function inTurn<K extends object>(): (key: K, work: () => Promise<void>) => Promise<void> {
  const running = new WeakMap<K, Promise<void>>();
  return (key, work) => {
    const next = (running.get(key) ?? Promise.resolve()).then(work);
    running.set(
      key,
      next.catch(() => {}),
    );
    return next;
  };
}
