import { type KeyboardEvent, useEffect, useRef } from "react";
import { flushSync } from "react-dom";

/** Where the active cell is after an edit. */
export type After = "stay" | "down" | "next" | "previous";

/** The text of a cell while it is edited. Enter, Tab and leaving it commit; Escape cancels; Alt or Shift with Enter breaks the line. */
export function CellInput({
  label,
  initial,
  selects,
  onCommit,
  onCancel,
}: {
  label: string;
  initial: string;
  /** Whether the text is selected at first, else the cursor is at its end. */
  selects: boolean;
  onCommit: (text: string, after: After) => void;
  onCancel: () => void;
}) {
  const input = useRef<HTMLTextAreaElement>(null);
  const isDone = useRef(false);
  useEffect(() => {
    const area = input.current;
    area?.focus({ preventScroll: true });
    if (selects) area?.select();
    else area?.setSelectionRange(area.value.length, area.value.length);
  }, [selects]);
  const commit = (after: After) => {
    if (isDone.current) return;
    isDone.current = true;
    onCommit(input.current?.value ?? initial, after);
  };
  const onKeyDown = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    const { key, shiftKey, altKey, ctrlKey, metaKey, nativeEvent } = event;
    if (nativeEvent.isComposing) return;
    event.stopPropagation();
    if (key === "Escape") {
      event.preventDefault();
      isDone.current = true;
      onCancel();
    } else if (key === "Tab") {
      event.preventDefault();
      commit(shiftKey ? "previous" : "next");
    } else if (key === "Enter" && (ctrlKey || metaKey)) {
      event.preventDefault();
      const { form } = event.currentTarget;
      // The form must have the edit before it saves.
      flushSync(() => commit("stay"));
      form?.requestSubmit();
    } else if (key === "Enter" && altKey) {
      event.preventDefault();
      const area = event.currentTarget;
      area.setRangeText("\n", area.selectionStart, area.selectionEnd, "end");
    } else if (key === "Enter" && !shiftKey) {
      event.preventDefault();
      commit("down");
    }
  };
  return (
    <textarea
      ref={input}
      aria-label={label}
      rows={1}
      defaultValue={initial}
      spellCheck={false}
      onKeyDown={onKeyDown}
      onBlur={() => commit("stay")}
      className="field-sizing-content absolute top-0 left-0 z-[3] max-h-40 min-h-full min-w-full max-w-96 resize-none bg-surface px-2 py-[4px] text-[13px] text-ink leading-5 shadow-lg outline-2 outline-accent -outline-offset-2 focus-visible:rounded-none"
    />
  );
}
