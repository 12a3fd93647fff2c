"use client";

import type { ComponentProps, ReactNode, RefObject } from "react";
import { Button } from "./button";
import { lazyPart } from "./popup/lazy-part";
import { usePopup } from "./popup/use-popup";
import { toastLoadError } from "./toast";

const POPUP = lazyPart(() => import("./popup/popover-popup").then(({ PopoverPopup }) => PopoverPopup));

/** A button that opens a dialog below it, or at the bottom of a small screen. It keeps the focus; Escape and a click outside close it. */
export function Popover({
  button,
  label,
  title,
  align = "left",
  look,
  className,
  first,
  children,
}: {
  button: ReactNode;
  label: string;
  title?: string;
  /** The side of the button that the dialog is aligned with. */
  align?: "left" | "right";
  look?: ComponentProps<typeof Button>["look"];
  /** Of the button. */
  className?: string;
  /** What has the focus first, where it is not the first control. */
  first?: RefObject<HTMLElement | null>;
  children: (close: () => void) => ReactNode;
}) {
  const popup = usePopup(POPUP, toastLoadError);
  const Popup = popup.component;
  return (
    <>
      <Button {...popup.buttonProps} aria-haspopup="dialog" look={look} className={className} title={title}>
        {button}
      </Button>
      {Popup && (
        <Popup
          id={popup.id}
          label={label}
          anchor={popup.button}
          align={align === "left" ? "start" : "end"}
          first={first}
          onClose={popup.handleClose}
        >
          {children(popup.close)}
        </Popup>
      )}
    </>
  );
}
