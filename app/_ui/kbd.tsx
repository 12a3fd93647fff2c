const NAMES: Record<string, string> = { " ": "Space", Escape: "Esc" };

/** A key of the keyboard; `name` as in `KeyboardEvent.key`. */
export function Kbd({ name }: { name: string }) {
  return (
    <kbd className="inline-flex h-5 min-w-5 items-center justify-center rounded border border-edge bg-canvas px-1 font-sans text-soft text-xs">
      {NAMES[name] ?? name}
    </kbd>
  );
}
