import { LogOut } from "lucide-react";
import type { Account } from "#app/_data/server";
import { buttonClass } from "#app/_ui/button";
import { SettingsItem } from "./main-nav";

/** Who is signed in, with which role, Settings and Sign out. A native popover, so that it needs no script. */
export function AccountMenu({ account: { name, role, keys, canSignOut } }: { account: Account }) {
  return (
    <>
      <button
        type="button"
        popoverTarget="account"
        aria-label={`Account: ${name}, ${role} access`}
        title={`${name}, ${role} access`}
        className="inline-flex h-8 items-center gap-2 rounded-md px-1.5 text-soft text-xs transition-colors hover:bg-hover hover:text-ink max-sm:size-8 max-sm:justify-center max-sm:px-0"
      >
        <Initial name={name} />
        <span className="max-w-32 truncate font-medium max-lg:hidden">{name}</span>
        <span className="text-faint max-lg:hidden">{role}</span>
      </button>
      <section
        id="account"
        popover="auto"
        aria-label="Account"
        className="inset-auto top-12 right-4 m-0 w-56 rounded-lg border border-edge bg-surface p-1 text-ink shadow-lg sm:right-6 min-[1440px]:right-[calc(50%-720px+1.5rem)]"
      >
        <div className="px-2.5 py-2 text-sm">
          <p className="break-words font-medium [overflow-wrap:anywhere]">{name}</p>
          <p className="text-soft">{ALLOWED[role]}</p>
          {keys !== null && (
            <p className="text-soft [overflow-wrap:anywhere]">
              Only keys that match <span className="font-mono text-xs">{keys.replaceAll(",", ", ")}</span>
            </p>
          )}
        </div>
        <SettingsItem />
        {canSignOut && (
          <form method="post" action="/api/sign-out" className="border-t pt-1">
            <button type="submit" className={buttonClass("quiet", "w-full justify-start!")}>
              <LogOut aria-hidden className="size-3.5" />
              Sign out
            </button>
          </form>
        )}
      </section>
    </>
  );
}

const ALLOWED = { read: "Read access", write: "Write access", admin: "Admin access" };

function Initial({ name }: { name: string }) {
  return (
    <span
      aria-hidden
      className="inline-flex size-5 shrink-0 items-center justify-center rounded-full bg-accent font-semibold text-[11px] text-on-accent uppercase"
    >
      {name.slice(0, 1)}
    </span>
  );
}
