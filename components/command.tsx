/** PowerShell as text: copied, downloaded, read. Wraps instead of being cut. */
import { CopyButton } from "./copy-button";

type Props = { readonly title: string; readonly text: string /** Address of the same text as a file. */; readonly download?: string };

export function Command({ title, text, download }: Props) {
  return (
    <figure className="card overflow-hidden">
      <figcaption className="flex flex-wrap items-center gap-2 border-hairline border-b px-4 py-2">
        <span className="mr-auto font-medium text-strong">{title}</span>
        <CopyButton value={text} what={title} />
        {download ? (
          <a href={download} download className="button button-small">
            Download<span className="sr-only">: {title}</span>
          </a>
        ) : null}
      </figcaption>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolled region must be reachable by keyboard (WCAG 2.1.1) */}
      <pre tabIndex={0} className="value max-h-[32rem] overflow-auto bg-recessed px-4 py-3 print:max-h-none">
        {text}
      </pre>
    </figure>
  );
}
