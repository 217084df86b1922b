/** The sandbox as a process of its own: ports and folder from the environment, one line when it is ready. */
import { startSandbox } from "./start";

const number = (name: string, otherwise: number) => {
  const value = Number(process.env[name] ?? otherwise);
  if (!Number.isInteger(value) || value < 0 || value > 65_535) throw new Error(`${name} must be a port number.`);
  return value;
};

const data = process.env["SANDBOX_DATA"];
const sandbox = await startSandbox({
  port: number("SANDBOX_PORT", 4400),
  dnsPort: number("SANDBOX_DNS_PORT", 4453),
  smtpPort: number("SANDBOX_SMTP_PORT", 4425),
  webPort: number("SANDBOX_WEB_PORT", 4443),
  ...(data ? { data } : {}),
});
console.log(`sandbox ready on ${sandbox.url}, DNS ${sandbox.dnsPort}, SMTP ${sandbox.smtpPort}, HTTPS ${sandbox.webPort}`);

for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => sandbox.close().then(() => process.exit(0)));
