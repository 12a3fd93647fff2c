import { ChevronDown } from "lucide-react";
import { type ComponentProps, type Ref, useId } from "react";

const BOX = "rounded-md border border-edge bg-surface text-sm text-ink placeholder:text-faint transition-colors";

export function TextField({ className = "", ...rest }: ComponentProps<"input">) {
  return <input {...rest} className={`${BOX} h-8 px-2.5 ${className}`} />;
}

export function TextArea({ className = "", ...rest }: ComponentProps<"textarea">) {
  return <textarea {...rest} className={`${BOX} block w-full px-3 py-2 leading-relaxed ${className}`} />;
}

export function Choice({ className = "", ...rest }: ComponentProps<"select">) {
  return (
    <span className={`relative inline-flex ${className}`}>
      <select {...rest} className={`${BOX} h-8 w-full appearance-none pr-7 pl-2.5 hover:bg-hover`} />
      <ChevronDown
        aria-hidden
        className="pointer-events-none absolute top-1/2 right-2.5 size-3.5 -translate-y-1/2 text-faint"
      />
    </span>
  );
}

/** Why a change is made, for the history. */
export function ReasonField({
  value,
  onChange,
  ref,
}: {
  value: string;
  onChange: (value: string) => void;
  ref?: Ref<HTMLInputElement>;
}) {
  const id = useId();
  return (
    <label htmlFor={id} className="flex flex-col gap-1 font-medium text-sm">
      Reason (optional)
      <TextField
        ref={ref}
        id={id}
        value={value}
        maxLength={500}
        onChange={({ target }) => onChange(target.value)}
        className="w-full font-normal"
      />
    </label>
  );
}
