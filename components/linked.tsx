/** A sentence whose addresses can be followed. */

const ADDRESS = /(https:\/\/[^\s<>"“”]+[^\s<>"“”.,;:!?)])/;

export function Linked({ text }: { readonly text: string }) {
  return text.split(ADDRESS).map((part, i) =>
    i % 2 === 1 ? (
      // biome-ignore lint/suspicious/noArrayIndexKey: the parts of one sentence never change places
      <a key={i} href={part} target="_blank" rel="noreferrer">
        {part.replace("https://", "")}
      </a>
    ) : (
      part
    ),
  );
}
