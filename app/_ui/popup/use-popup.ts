"use client";

import { type ComponentType, type MouseEvent, type RefObject, useId, useRef, useState } from "react";
import { type LazyPart, useLazyPart } from "./lazy-part";

/** Which item of a menu has the focus when it opens; null where a pointer opened it. */
export type FirstFocus = "first" | "last" | null;

interface Popup<Props> {
  /** Null while it is closed. */
  opened: { focus: FirstFocus } | null;
  open: (focus: FirstFocus) => void;
  close: () => void;
  /** Closes it for an event that Base UI reports. */
  handleClose: (event: Event) => void;
  /** What the button needs, whose click opens and closes it. */
  buttonProps: {
    ref: RefObject<HTMLButtonElement | null>;
    "aria-expanded": boolean;
    "aria-controls": string | undefined;
    onPointerEnter: () => void;
    onFocus: () => void;
    onClick: (event: MouseEvent<HTMLButtonElement>) => void;
  };
  button: RefObject<HTMLButtonElement | null>;
  /** Of the popup. */
  id: string;
  /** The popup itself, once it is open and loaded. */
  component: ComponentType<Props> | null;
}

/** A button's popup, whose code is fetched when the button is about to be used. `onError` is called where that fails. */
export function usePopup<Props>(part: LazyPart<Props>, onError: () => void): Popup<Props> {
  const [opened, setOpened] = useState<{ focus: FirstFocus } | null>(null);
  const button = useRef<HTMLButtonElement>(null);
  const id = useId();
  const close = () => setOpened(null);
  const component = useLazyPart(part, opened !== null, () => {
    close();
    onError();
  });
  return {
    opened,
    open: (focus) => setOpened({ focus }),
    close,
    handleClose: (event) => {
      // The click on the button that follows closes it.
      if (!concerns(event, button.current)) close();
    },
    buttonProps: {
      ref: button,
      "aria-expanded": opened !== null,
      "aria-controls": opened ? id : undefined,
      onPointerEnter: part.prefetch,
      onFocus: part.prefetch,
      onClick: (event) => {
        // Safari does not focus a button that is clicked, and the focus returns to where it was.
        event.currentTarget.focus();
        // Keys that click a button count as no click.
        setOpened(opened ? null : { focus: event.detail === 0 ? "first" : null });
      },
    },
    button,
    id,
    component: opened && component,
  };
}

/** Whether an event happened in an element, or moved the focus to it. */
function concerns(event: Event, element: HTMLElement | null): boolean {
  const nodes = [event.target, event instanceof FocusEvent ? event.relatedTarget : null];
  return nodes.some((node) => node instanceof Node && element?.contains(node));
}
