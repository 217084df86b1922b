/** Where somebody lands who signed in again in a second tab to go on in the first. */
import { Heading } from "@/components/heading";

export const metadata = { title: "You are signed in" };

export default function SignedIn() {
  return (
    <div className="prose space-y-4">
      <Heading>You are signed in</Heading>
      <p>Close this tab, go back to the other one and press the button again. What you entered is still there.</p>
    </div>
  );
}
