import type { ComponentProps } from "react";

const LOOK = {
  plain: "border border-edge bg-surface text-ink hover:bg-hover",
  primary: "border border-transparent bg-accent text-on-accent hover:opacity-90",
  danger: "border border-danger/40 bg-surface text-danger hover:bg-danger-wash",
  off: "border border-line text-faint pointer-events-none",
  quiet:
    "border border-transparent text-soft hover:bg-hover hover:text-ink aria-pressed:bg-hover aria-pressed:text-ink",
};

type ButtonLook = keyof typeof LOOK;

export function buttonClass(look: ButtonLook = "plain", extra = ""): string {
  return `inline-flex print:hidden h-8 shrink-0 items-center justify-center gap-1.5 whitespace-nowrap rounded-md px-2.5 text-sm font-medium transition-colors select-none aria-disabled:pointer-events-none aria-disabled:opacity-50 ${LOOK[look]} ${extra}`;
}

/** A button that submits a form only with `type="submit"`. While it is disabled it does nothing, and keeps the focus. */
export function Button({
  look,
  className,
  disabled = false,
  onClick,
  ...rest
}: ComponentProps<"button"> & { look?: ButtonLook }) {
  return (
    <button
      type="button"
      {...rest}
      // Enter in a field of a form clicks its button too.
      onClick={disabled ? (event) => event.preventDefault() : onClick}
      aria-disabled={disabled || rest["aria-disabled"]}
      className={buttonClass(look, className)}
    />
  );
}
