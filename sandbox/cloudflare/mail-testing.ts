/** For tests: a tenant with mail, and the operations on it by their short names. */
import { vendorData } from "../mail/index";
import { type Opened, opened, type Said } from "./testing";

export type Row = {
  id: string;
  message_id: string;
  final_disposition: string;
  client_recipients: string[];
  delivery_status: string[];
  is_quarantined: boolean;
  post_delivery_operations: string[];
};
export type Result = { success: boolean; message_id: string; recipient: string; destination: string; status: string };

export type Mailed = Opened & {
  /** Below investigate. */
  mail(method: string, rest?: string, body?: unknown, secret?: string): Promise<Said>;
  find(query?: Record<string, string>): Promise<Row[]>;
  move(ids: string[], destination: string): Promise<Result[]>;
  /** By MX, from outside; the entry that it became. */
  byMx(to: string[], verdict: string): Promise<Row>;
};

/** With so many made-up messages, fewer than the scenario's own, and a clock that stands still until it is moved. */
export function mailed(scenario: string, count = 2_000): Mailed {
  const open = opened(scenario);
  const { generatedMail } = open.tenant;
  if (generatedMail) generatedMail.count = Math.min(generatedMail.count, count);
  let now = open.world.clock.now();
  Object.assign(open.world.clock, {
    now: () => now,
    advance: (ms: number) => {
      now += ms;
    },
  });
  const base = `/accounts/${open.tenant.cloudflare.accountId}/email-security/investigate`;
  const mail: Mailed["mail"] = (method, rest = "", body, secret) => open.call(method, `${base}${rest}`, body, secret);
  const find = async (query: Record<string, string> = {}): Promise<Row[]> =>
    (await mail("GET", `?${new URLSearchParams({ detections_only: "false", per_page: "1000", ...query })}`)).body.result;
  let sent = 0;
  return {
    ...open,
    mail,
    find,
    move: async (ids, destination) => (await mail("POST", "/move", { ids, destination })).body.result,
    byMx: async (to, verdict) => {
      sent += 1;
      const messageId = `<mx-${sent}@stranger.example>`;
      const session = {
        serverHost: "mxa.global.inbound.cf-emailsecurity.net",
        clientIp: "203.0.113.9",
        isTls: true,
        helo: "mail.stranger.example",
      };
      const head = [`From: Stranger <a@stranger.example>`, `Message-ID: ${messageId}`, "Subject: By MX", `X-Sandbox-Verdict: ${verdict}`];
      vendorData(open.world, { ...session, mailFrom: "a@stranger.example" }, to, Buffer.from(`${head.join("\r\n")}\r\n\r\nA line.\r\n`));
      const [row] = await find({ message_id: messageId });
      if (!row) throw new Error(messageId);
      return row;
    },
  };
}
