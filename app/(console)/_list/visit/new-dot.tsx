/** Marks a row that is new to the reader. It takes no room of its own. */
export function NewDot({ className = "" }: { className?: string }) {
  return (
    <span title="New since you last looked" className={`absolute z-[1] size-1.5 rounded-full bg-accent ${className}`}>
      <span className="sr-only">New</span>
    </span>
  );
}
