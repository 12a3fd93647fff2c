/** Buttons of which one is pressed: what is shown of a field. */
export function ViewSwitch<Name extends string>({
  label,
  names,
  shown,
  onShow,
}: {
  label: string;
  names: readonly Name[];
  shown: Name;
  onShow: (name: Name) => void;
}) {
  return (
    <fieldset className="ml-auto flex gap-0.5 rounded-md bg-hover p-0.5">
      <legend className="sr-only">{label}</legend>
      {names.map((name) => (
        <button
          key={name}
          type="button"
          aria-pressed={shown === name}
          onClick={() => onShow(name)}
          className="h-6 rounded px-2.5 text-soft text-xs hover:text-ink aria-pressed:bg-surface aria-pressed:text-ink aria-pressed:shadow-xs"
        >
          {name}
        </button>
      ))}
    </fieldset>
  );
}
