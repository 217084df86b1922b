/** The first thing the keyboard meets. */
export function SkipLink() {
  return (
    <a href="#main" className="button sr-only focus:not-sr-only focus:fixed focus:top-2 focus:left-2 focus:z-20 focus:px-4 focus:py-2">
      Skip to the content
    </a>
  );
}
