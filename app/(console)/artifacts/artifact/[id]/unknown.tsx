/** An id that a producer named and nobody knows (any more). */
export function UnknownRun({ id }: { id: string }) {
  return (
    <>
      <span className="block truncate font-mono text-xs" title={id}>
        {id}
      </span>
      <span className="text-faint">no longer known</span>
    </>
  );
}
