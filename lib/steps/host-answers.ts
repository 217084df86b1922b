/** Whether mail servers that mail is to be sent to answer as they should: called by us, or passed over on somebody's word where port 25 is shut. */
import type { Result } from "@/lib/base/result";
import { type Check, fail, onWord, pass, unknown } from "@/lib/model/check";
import type { Row } from "@/lib/model/nouns";

type Seen = Result<readonly Row<"smtpHost">[]> | undefined;
type Hosts = Readonly<Record<string, Result<readonly Row<"smtpHost">[]>>>;

const WITHOUT_PORT_25 = "Or tick “Go on without looking at the hosts” below: then it is your word.";

function whatIsWrong(host: Row<"smtpHost">): string | null {
  if (!host.connected) return `it does not answer on port 25${host.problem ? ` (${host.problem})` : ""}`;
  if (host.banner === null || !host.ehlo) return "it does not greet as a mail server";
  if (!host.starttls) return "it offers no encryption (STARTTLS)";
  if (host.certificate === null) return "it shows no certificate";
  if (!host.certificate.trusted) return `its certificate is not trusted (issuer ${host.certificate.issuer})`;
  return host.certificate.matches ? null : `its certificate is for ${host.certificate.subject}, not for this host`;
}

/** @param isWord somebody said to go on where no host can be called. */
export function hostCheck(name: string, seen: Seen, isWord: boolean): Check {
  const about = name;
  if (!seen?.ok) {
    const problem = seen?.problem ?? { code: "not-asked" as const, say: "It has not been called yet." };
    if (problem.code === "unreachable" && isWord) return pass(name, "Not called: you go on without.", { about });
    const fix =
      problem.code === "unreachable" ? `${problem.fix ?? "Let Cutover out on port 25, and look again."} ${WITHOUT_PORT_25}` : problem.fix;
    return unknown(name, { ...problem, ...(fix ? { fix } : {}) }, { about });
  }
  const [row] = seen.value;
  const wrong = row ? whatIsWrong(row) : "it gave no answer that we know";
  if (wrong === null) return pass(name, "It answers, and proves its name.", { about });
  return fail(
    name,
    `${wrong.charAt(0).toUpperCase()}${wrong.slice(1)}.`,
    "Check the host's spelling. If it is right, look again later, and ask the vendor if it stays.",
    {
      about,
    },
  );
}

export const isShut = (hosts: Hosts): boolean => Object.values(hosts).some((seen) => !seen.ok && seen.problem.code === "unreachable");

/** @param which as a heading: "The new hosts". */
export const wordCheck = (hosts: Hosts, isWord: boolean, which: string): readonly Check[] =>
  isWord && isShut(hosts)
    ? [
        onWord(
          "port-25",
          `${which} could not be called: there is no way out on port 25 from here. You decided to go on.`,
          "Call them from another machine, with “openssl s_client -starttls smtp -connect host:25”.",
          { about: `${which}, on your word` },
        ),
      ]
    : [];
