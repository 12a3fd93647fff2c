"use client";

import { Settings } from "lucide-react";
import Link from "next/link";
import { usePathname, useRouter, useSearchParams } from "next/navigation";
import { useEffect, useRef } from "react";
import { useRole } from "#app/_data/role";
import { buttonClass } from "#app/_ui/button";
import { useShortcuts } from "#app/_ui/shortcut";
import { PastLink, useKeepPast } from "../_past/past-link";
import { focusMain } from "./focus-main";

const LINKS = [
  { href: "/artifacts", name: "Artifacts" },
  { href: "/runs", name: "Runs" },
  { href: "/trash", name: "Trash" },
];

export function MainNav() {
  const pathname = usePathname();
  const { mayConfigure } = useRole();
  const router = useRouter();
  const address = `${pathname}?${useSearchParams()}`;
  const focused = useRef(address);
  // Where nothing of the new page took the focus, Tab goes on from its start; also where it is the same page of other rows.
  useEffect(() => {
    if (focused.current === address) return;
    focused.current = address;
    if (document.activeElement === document.body) focusMain();
  }, [address]);
  const keepPast = useKeepPast();
  const goTo = (name: string, href: string) => ({ label: `Go to ${name}`, run: () => router.push(keepPast(href)) });
  useShortcuts(
    {
      "g a": goTo("artifacts", "/artifacts"),
      "g r": goTo("runs", "/runs"),
      "g t": goTo("trash", "/trash"),
      ...(mayConfigure && { "g s": goTo("settings", "/settings/keys") }),
    },
    "Everywhere",
  );
  return (
    <nav aria-label="Main" className="flex items-center sm:gap-1">
      {LINKS.map(({ href, name }) => {
        const current = pathname.startsWith(href);
        return (
          <PastLink
            key={href}
            href={href}
            prefetch={false}
            aria-current={current ? "page" : undefined}
            className={`rounded-md px-2 py-1 sm:px-2.5 text-sm transition-colors hover:bg-hover ${
              current ? "font-medium text-ink" : "text-soft hover:text-ink"
            }`}
          >
            {name}
          </PastLink>
        );
      })}
    </nav>
  );
}

/** For the role admin, unless it is limited to keys. On a phone it is left to the account menu, where there is one. */
export function SettingsLink({ isInMenu }: { isInMenu: boolean }) {
  const current = usePathname().startsWith("/settings");
  if (!useRole().mayConfigure) return null;
  return (
    <Link
      href="/settings/keys"
      prefetch={false}
      aria-label="Settings"
      title="Settings"
      aria-current={current ? "page" : undefined}
      className={`inline-flex size-8 items-center justify-center rounded-md transition-colors hover:bg-hover hover:text-ink ${isInMenu ? "max-sm:hidden" : ""} ${current ? "text-ink" : "text-soft"}`}
    >
      <Settings aria-hidden className="size-4" />
    </Link>
  );
}

/** The same in the account menu, which it closes. */
export function SettingsItem() {
  if (!useRole().mayConfigure) return null;
  return (
    <Link
      href="/settings/keys"
      prefetch={false}
      onClick={({ currentTarget }) => currentTarget.closest<HTMLElement>("[popover]")?.hidePopover()}
      className={buttonClass("quiet", "mb-1 w-full justify-start! sm:hidden!")}
    >
      <Settings aria-hidden className="size-3.5" />
      Settings
    </Link>
  );
}
