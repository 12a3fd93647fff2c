import { type ComponentProps, useId } from "react";
import { TextField } from "#app/_ui/field";

/** A field below its label. */
export function LabelledField({
  label,
  onText,
  className = "",
  ...rest
}: ComponentProps<"input"> & { label: string; onText: (text: string) => void }) {
  const id = useId();
  return (
    <div>
      <label htmlFor={id} className="mb-1 block text-faint text-xs">
        {label}
      </label>
      <TextField {...rest} id={id} onChange={(event) => onText(event.target.value)} className={`w-full ${className}`} />
    </div>
  );
}
