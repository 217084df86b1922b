/** Not there, or not yours: the same page, so that nobody learns which. Small, because every page carries it along. */
import { Go } from "@/components/go";
import { Heading } from "@/components/heading";

export const metadata = { title: { absolute: "Not found · Cutover" } };

export default function NotFound() {
  return (
    <main id="main" className="mx-auto max-w-6xl space-y-4 px-4 py-16 sm:px-6">
      <Heading>There is nothing here for you</Heading>
      <p>The address may be wrong, or it belongs to a company you are not signed in for.</p>
      <p>
        <Go href="/">Go to the start</Go> · <a href="/auth/sign-in">Sign in with another account</a> · <Go href="/guide">Help</Go>
      </p>
    </main>
  );
}
