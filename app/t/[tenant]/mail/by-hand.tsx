/** The same search in the vendor's own dashboard: where, and each field to copy. */
import { ByHand } from "@/components/by-hand";
import type { MailPageView } from "@/lib/usecases/views/mail";

export function ByHandSearch({ view }: { readonly view: MailPageView }) {
  const { place, fields } = view.byHand;
  return (
    <ByHand
      steps={[
        { say: `Open: ${place}` },
        ...fields.map(({ name, value }) =>
          name === "Detections only" ? { say: `Turn “${name}” ${value}.` } : { say: `Enter in “${name}”:`, copy: [value] },
        ),
        { say: "Search. The messages found there can be previewed, downloaded and moved in the same place." },
      ]}
    />
  );
}
