/** For somebody who may work on the setup but not read its mail: what somebody else has to do, and where the right is given. */
import { Go } from "./go";
import { Note } from "./note";

export function NeedsMailRight({ tenant, title }: { readonly tenant: string; readonly title: string }) {
  return (
    <Note tone="neutral" title={title}>
      <p>
        You may not, at the moment. A Global or Security Administrator gives that right on the page{" "}
        <Go href={`/t/${tenant}/people`}>People</Go>.
      </p>
    </Note>
  );
}
