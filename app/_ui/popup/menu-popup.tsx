"use client";

import { Menu } from "@base-ui/react/menu";
import type { ReactNode, RefObject } from "react";

/** An item runs something or downloads `href`. `hint` is its shortcut. */
export type MenuEntry = { label: string; icon?: ReactNode; hint?: string; danger?: boolean } & (
  | { run: () => void }
  | { href: string }
);

/** The open menu of a button. `focus` is the item that has the focus at first; null where a pointer opened it. */
export function MenuPopup({
  id,
  label,
  items,
  anchor,
  focus,
  onClose,
}: {
  id: string;
  label: string;
  items: MenuEntry[];
  anchor: RefObject<HTMLElement | null>;
  focus: "first" | "last" | null;
  onClose: (event: Event) => void;
}) {
  const focused = focus === "first" ? 0 : focus === "last" ? items.length - 1 : -1;
  return (
    <Menu.Root open modal={false} onOpenChange={(open, { event }) => !open && onClose(event)}>
      <Menu.Portal>
        <Menu.Positioner
          anchor={anchor}
          align="end"
          sideOffset={4}
          collisionPadding={8}
          className="z-30 outline-none print:hidden"
        >
          <Menu.Popup
            id={id}
            aria-label={label}
            onKeyDown={(event) => {
              if (event.key !== "Tab") return;
              // From the button the browser moves the focus on.
              anchor.current?.focus();
              onClose(event.nativeEvent);
            }}
            className="popup max-h-(--available-height) min-w-48 max-w-(--available-width) overflow-y-auto rounded-md border border-edge bg-surface p-1 text-ink shadow-lg outline-none"
          >
            {items.map((item, index) => {
              const props = {
                ref: index === focused ? focusOnMount : undefined,
                className: `flex h-8 cursor-pointer select-none items-center gap-2 whitespace-nowrap rounded px-2.5 font-medium text-sm outline-none data-highlighted:bg-hover ${item.danger ? "text-danger data-highlighted:bg-danger-wash" : "text-soft data-highlighted:text-ink"}`,
              };
              return "href" in item ? (
                <Menu.LinkItem key={item.label} {...props} href={item.href} download closeOnClick>
                  <Content {...item} />
                </Menu.LinkItem>
              ) : (
                <Menu.Item key={item.label} {...props} aria-keyshortcuts={item.hint} onClick={item.run}>
                  <Content {...item} />
                </Menu.Item>
              );
            })}
          </Menu.Popup>
        </Menu.Positioner>
      </Menu.Portal>
    </Menu.Root>
  );
}

function focusOnMount(element: HTMLElement | null) {
  // Base UI first notes what had the focus, in order to return it.
  queueMicrotask(() => element?.focus({ preventScroll: true }));
}

function Content({ label, icon, hint }: MenuEntry) {
  return (
    <>
      {icon}
      {label}
      {hint && (
        <span aria-hidden className="ml-auto pl-6 font-normal text-faint text-xs">
          {hint}
        </span>
      )}
    </>
  );
}
