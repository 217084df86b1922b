/** Ports of the browser stories, away from those of `npm start`, so that both can run at once. */
export const ports = { web: 3100, sandbox: 4500, dns: 4553 } as const;
