"use client";

import { Menu } from "@base-ui/react/menu";
import { Braces, History, Link2 } from "lucide-react";
import { buttonClass } from "#app/_ui/button";

const ICON = "size-3.5";

/** What can be done with a row, in a menu beside an element. */
export function RowMenu({
  anchor,
  column,
  onCopyLink,
  onCopyJson,
  onHistory,
  onClose,
}: {
  anchor: Element;
  /** The name of the cell's column, where the menu is that of a cell. */
  column: string | null;
  /** `cell`: whether the link is to the cell. */
  onCopyLink: (cell: boolean) => void;
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
          <Menu.Popup
            aria-label="Row"
            className="min-w-52 rounded-md border border-edge bg-surface p-1 shadow-lg outline-none"
          >
            <Menu.Item className={item} onClick={() => onCopyLink(false)}>
              <Link2 aria-hidden className={ICON} />
              Copy link to row
            </Menu.Item>
            {column !== null && (
              <Menu.Item className={item} onClick={() => onCopyLink(true)}>
                <Link2 aria-hidden className={ICON} />
                Copy link to cell
              </Menu.Item>
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
