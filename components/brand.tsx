/** Our sign: mail's way bent through one more station. */
export function Brand() {
  return (
    <span className="inline-flex items-center gap-2 font-semibold text-strong tracking-tight">
      <svg
        viewBox="0 0 24 24"
        aria-hidden="true"
        className="size-6"
        fill="none"
        strokeWidth="2.25"
        strokeLinecap="round"
        strokeLinejoin="round"
      >
        <path d="M2.5 17h4c3 0 3-9 6-9h6.5" stroke="var(--color-brand)" />
        <path d="M15.5 4.5L19.2 8l-3.7 3.5" stroke="var(--color-brand)" />
        <path d="M12.5 17h9" stroke="currentColor" strokeDasharray="0.5 4" />
      </svg>
      Cutover
    </span>
  );
}
