/** Ports of the browser stories, away from those of `npm start`, so that both can run at once. */
export const ports = { web: 3100, sandbox: 4500, dns: 4553, smtp: 4525, https: 4543 } as const;
/** For the story that kills its server. */
export const portsOfItsOwn = { web: 3101, sandbox: 4501, dns: 4554, smtp: 4526, https: 4544 } as const;
/** For the stories that let days pass. */
export const portsOfDays = { web: 3102, sandbox: 4502, dns: 4555, smtp: 4527, https: 4545 } as const;
