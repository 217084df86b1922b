/** Inside a setup: no such step, plan or run. */
import { Go } from "@/components/go";
import { Heading } from "@/components/heading";

export default function NotFound() {
  return (
    <div className="prose space-y-4">
      <Heading>There is no such page in this setup</Heading>
      <p>The step, plan or run may be gone, or the address is not complete.</p>
      <p>
        <Go href="/t" className="button button-primary">
          Go to the steps
        </Go>
      </p>
    </div>
  );
}
