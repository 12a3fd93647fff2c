export function Mark({ className = "size-5" }: { className?: string }) {
  return (
    <svg viewBox="0 0 32 32" aria-hidden="true" className={className}>
      <rect x="2" y="2" width="28" height="28" rx="8" className="fill-accent" />
      <path d="M9 8.5h14V18H9z" className="fill-none stroke-on-accent" strokeWidth="2.4" strokeLinejoin="round" />
      <path
        d="M9 18v5.5h14V18"
        className="fill-none stroke-on-accent opacity-55"
        strokeWidth="2.4"
        strokeLinejoin="round"
      />
    </svg>
  );
}

/**
 * The title of a page. It comes with the content of the page: Next.js would load metadata after it, and leave the page
 * without a title meanwhile. Each page has one, outside of what is loaded later.
 */
export function Title({ children }: { children: string }) {
  return <title>{`${children} · Vitrine`}</title>;
}
