/** Buttons of which one is pressed. */
export function Segments<Value extends string>({
  label,
  value,
  options,
  onPick,
}: {
  label: string;
  value: Value;
  options: readonly { value: Value; label: string }[];
  onPick: (value: Value) => void;
}) {
  return (
    <fieldset className="inline-flex rounded-md border border-line bg-hover p-0.5">
      <legend className="sr-only">{label}</legend>
      {options.map((option) => (
        <button
          key={option.value}
          type="button"
          aria-pressed={option.value === value}
          onClick={() => onPick(option.value)}
          className="min-h-6 rounded px-2.5 py-0.5 text-soft text-sm hover:text-ink aria-pressed:bg-raised aria-pressed:font-medium aria-pressed:text-ink aria-pressed:shadow-sm aria-pressed:ring-1 aria-pressed:ring-line"
        >
          {option.label}
        </button>
      ))}
    </fieldset>
  );
}
