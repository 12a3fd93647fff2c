"use client";

import { Menu } from "@base-ui/react/menu";
import { Braces, ChevronRight, History, Link2 } from "lucide-react";
import { buttonClass } from "#app/_ui/button";

const ICON = "size-3.5";
// A column, since items in lines would make it as wide as all of them together.
const POPUP = "flex flex-col rounded-md border border-edge bg-surface p-1 shadow-lg outline-none";

/** What can be done with a row, in a menu beside an element. */
export function RowMenu({
  anchor,
  column,
  columns,
  onCopyLink,
  onCopyJson,
  onHistory,
  onClose,
}: {
  anchor: Element;
  /** Where the menu is that of a cell, its column. */
  column: number | null;
  /** The names of all columns. */
  columns: string[];
  /** `column` is that of the cell to link to; null for the row. */
  onCopyLink: (column: number | null) => void;
  onCopyJson: () => void;
  /** Null for a table without a key. */
  onHistory: (() => void) | null;
  onClose: () => void;
}) {
  const item = buttonClass(
    "quiet",
    "w-full cursor-default justify-start data-highlighted:bg-hover data-highlighted:text-ink",
  );
  return (
    <Menu.Root open modal={false} onOpenChange={(open) => !open && onClose()}>
      <Menu.Portal>
        <Menu.Positioner anchor={anchor} side="bottom" align="start" sideOffset={4} className="z-30">
          <Menu.Popup aria-label="Row" className={`${POPUP} min-w-52`}>
            <Menu.Item className={item} onClick={() => onCopyLink(null)}>
              <Link2 aria-hidden className={ICON} />
              Copy link to row
            </Menu.Item>
            {column !== null ? (
              <Menu.Item className={item} onClick={() => onCopyLink(column)}>
                <Link2 aria-hidden className={ICON} />
                Copy link to cell
              </Menu.Item>
            ) : (
              columns.length > 0 && (
                <Menu.SubmenuRoot>
                  <Menu.SubmenuTrigger className={`${item} data-popup-open:bg-hover data-popup-open:text-ink`}>
                    <Link2 aria-hidden className={ICON} />
                    Copy link to cell
                    <ChevronRight aria-hidden className="-mr-1 ml-auto size-3.5 text-faint" />
                  </Menu.SubmenuTrigger>
                  <Menu.Portal>
                    <Menu.Positioner sideOffset={2} alignOffset={-4} collisionPadding={8} className="z-30">
                      <Menu.Popup
                        aria-label="Column of the cell"
                        className={`${POPUP} max-h-[min(20rem,var(--available-height))] max-w-72 overflow-y-auto`}
                      >
                        {columns.map((name, at) => (
                          // biome-ignore lint/suspicious/noArrayIndexKey: names of columns may repeat
                          <Menu.Item key={at} className={item} onClick={() => onCopyLink(at)}>
                            <span className="truncate">{name || "(no name)"}</span>
                          </Menu.Item>
                        ))}
                      </Menu.Popup>
                    </Menu.Positioner>
                  </Menu.Portal>
                </Menu.SubmenuRoot>
              )
            )}
            <Menu.Item className={item} onClick={onCopyJson}>
              <Braces aria-hidden className={ICON} />
              Copy row as JSON
            </Menu.Item>
            {onHistory && (
              <Menu.Item className={item} onClick={onHistory}>
                <History aria-hidden className={ICON} />
                Row history
              </Menu.Item>
            )}
          </Menu.Popup>
        </Menu.Positioner>
      </Menu.Portal>
    </Menu.Root>
  );
}
