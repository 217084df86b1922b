/** The start: what Cutover is, one button, how it works. */
import { theVisitor } from "@/app/door";
import { Go } from "@/components/go";
import { Heading } from "@/components/heading";
import { MailWay } from "@/components/mail-way";

export const metadata = { title: { absolute: "Cutover: email security in front of Microsoft 365" } };

const NOW = [
  { name: "The internet", note: "anybody who writes to you" },
  { name: "Microsoft 365", note: "filters alone" },
  { name: "Your people", note: "read what is left" },
] as const;
const AFTER = [
  { name: "The internet", note: "anybody who writes to you" },
  { name: "Area 1", note: "Cloudflare Email Security looks first", isOurs: true },
  { name: "Microsoft 365", note: "takes mail from there" },
  { name: "Your people", note: "read what is left" },
] as const;

const POINTS = [
  {
    title: "It looks before it asks",
    text: "Each step reads your tenant and your DNS and says what is right, what is not, and what to do.",
  },
  {
    title: "You see every change first",
    text: "As a plain difference, as PowerShell, and as clicks in the portal. Agree, run it yourself, or do it by hand.",
  },
  {
    title: "It reads everything back",
    text: "Nothing counts as done because somebody said so. What has to settle is watched until it has.",
  },
  {
    title: "It can be undone",
    text: "What was there before is remembered; the little that can’t be taken back says so first. What others set is left alone.",
  },
] as const;

async function Act() {
  const visitor = await theVisitor();
  if (visitor)
    return (
      <Go href="/t" className="button button-primary px-6 text-lg">
        {visitor.isStaff ? "Go to the queue" : "Go to your setup"}
      </Go>
    );
  return (
    <a href="/auth/sign-in" className="button button-primary px-6 text-lg">
      Sign in with Microsoft
    </a>
  );
}

export default function Start() {
  return (
    <div className="space-y-12 sm:space-y-16">
      <section className="space-y-6 pt-4 sm:pt-10">
        <Heading className="max-w-3xl sm:text-5xl! sm:leading-[1.1]!">
          Put email security in front of Microsoft 365 without losing a message
        </Heading>
        <p className="max-w-2xl text-lg text-subtle leading-7">
          Cutover takes you through the whole setup of Cloudflare Email Security (Area 1), step by step. It checks every step, makes the
          changes you agree to, and takes them back when you ask.
        </p>
        <div className="flex flex-wrap items-center gap-x-5 gap-y-3">
          <Act />
          <Go href="/guide">Read the guide first</Go>
        </div>
        <p className="text-subtle">
          You need to be a Global, Exchange, Security or Privileged Role Administrator. Signing in grants no access to your tenant.
        </p>
      </section>
      <section aria-labelledby="way" className="space-y-5">
        <h2 id="way">The way of your mail</h2>
        <MailWay title="Now" stations={NOW} />
        <MailWay title="After" stations={AFTER} />
      </section>
      <section aria-labelledby="how" className="space-y-5">
        <h2 id="how">How it works</h2>
        <ul className="grid gap-x-10 gap-y-6 sm:grid-cols-2">
          {POINTS.map(({ title, text }) => (
            <li key={title} className="border-[var(--color-brand)] border-l-2 pl-4">
              <h3>{title}</h3>
              <p className="text-subtle">{text}</p>
            </li>
          ))}
        </ul>
      </section>
    </div>
  );
}
