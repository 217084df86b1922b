/** Ports of the browser stories, away from those of `npm start`, so that both can run at once. */
export const ports = { web: 3100, sandbox: 4500, dns: 4553 } as const;
/** For the story that kills its server. */
export const portsOfItsOwn = { web: 3101, sandbox: 4501, dns: 4554 } as const;
