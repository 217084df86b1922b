/** Not there, or not yours: the same page, so that nobody learns which. */
import { Go } from "@/components/go";
import { Heading } from "@/components/heading";
import { theVisitor } from "./door";
import { Frame } from "./frame";

export const metadata = { title: { absolute: "Not found · Cutover" } };

export default async function NotFound() {
  const visitor = await theVisitor();
  return (
    <Frame visitor={visitor}>
      <div className="prose space-y-4">
        <Heading>There is nothing here for you</Heading>
        <p>The address may be wrong, or it belongs to a company you are not signed in for.</p>
        <p className="flex flex-wrap gap-3">
          <Go href={visitor ? "/t" : "/"} className="button button-primary">
            {visitor ? "Go to your setup" : "Go to the start"}
          </Go>
          <a href="/auth/sign-in" className="button">
            Sign in with another account
          </a>
        </p>
      </div>
    </Frame>
  );
}
