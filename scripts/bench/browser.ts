/** What a browser does to sign in and to give consent, without one: follows the redirects and keeps the cookies. */

export type Browser = {
  /** As a Cookie header. */
  readonly cookie: () => string;
  readonly signIn: (person: { readonly id: string; readonly upn: string }) => Promise<void>;
  readonly giveConsent: (tenant: string, admin: { readonly id: string }) => Promise<void>;
};

type Form = Readonly<Record<string, string>>;

export function browserOf(productUrl: string): Browser {
  const jar = new Map<string, string>();
  const cookie = () => [...jar].map(([name, value]) => `${name}=${value}`).join("; ");

  /** @returns where it is sent on to. */
  const send = async (href: string, form?: Form): Promise<string> => {
    const url = new URL(href, productUrl);
    const isOurs = url.origin === new URL(productUrl).origin;
    const headers: Record<string, string> = isOurs ? { cookie: cookie(), origin: productUrl } : {};
    const body = form && new URLSearchParams(form);
    const answer = await fetch(url, { method: body ? "POST" : "GET", headers, redirect: "manual", ...(body ? { body } : {}) });
    for (const said of isOurs ? answer.headers.getSetCookie() : []) {
      const [, name = "", value = ""] = /^([^=]+)=([^;]*)/.exec(said) ?? [];
      jar.set(name, value);
    }
    const on = answer.headers.get("location");
    if (on === null) throw new Error(`${url.pathname} answered ${answer.status} and led nowhere.`);
    return on;
  };

  return {
    cookie,
    signIn: async ({ id, upn }) => {
      const picker = await send(`/auth/sign-in?${new URLSearchParams({ hint: upn })}`);
      await send(await send(picker, { account: id }));
      if (!jar.has("cutover-session")) throw new Error(`${upn} could not sign in.`);
    },
    giveConsent: async (tenant, { id }) => {
      const asked = await send("/auth/consent", { tenant });
      await send(await send(asked, { account: id, decision: "accept", exchangeRole: "yes" }));
    },
  };
}
