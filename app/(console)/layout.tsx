import { cookies } from "next/headers";
import type { ReactNode } from "react";
import { RoleProvider } from "#app/_data/role";
import { account, changesPosition, ownViewerManifests } from "#app/_data/server";
import { RenderTime } from "#app/_ui/age";
import { ConfirmHost } from "#app/_ui/confirm";
import { parseTheme, THEME_COOKIE } from "#app/_ui/theme/theme";
import { ThemeButton } from "#app/_ui/theme/theme-button";
import { Mark } from "#app/brand";
import { PastLink } from "./_past/past-link";
import { AccountMenu } from "./_shell/account-menu";
import { LiveIndicator } from "./_shell/live-indicator";
import { MainNav, SettingsLink } from "./_shell/main-nav";
import { Palette } from "./_shell/palette/palette";
import { OwnViewers } from "./_viewers/own/own-viewers";

export default async function ConsoleLayout({ children }: { children: ReactNode }) {
  const theme = (await cookies()).get(THEME_COOKIE)?.value;
  const reader = await account();
  return (
    <RenderTime at={Date.now()}>
      <RoleProvider account={reader}>
        <a
          href="#main"
          className="sr-only z-20 rounded-md bg-accent px-3 py-2 text-on-accent focus:not-sr-only focus:fixed focus:top-2 focus:left-2"
        >
          Skip to content
        </a>
        <header className="sticky top-0 print:hidden z-10 border-b bg-canvas/85 backdrop-blur-md">
          <div className="mx-auto flex h-12 max-w-[1440px] items-center gap-1 px-4 sm:px-6">
            <PastLink
              href="/artifacts"
              className="mr-3 flex h-8 min-w-6 items-center gap-2 rounded font-semibold tracking-tight max-sm:mr-1"
            >
              <Mark />
              {/* On a phone the actions need its room. */}
              <span className="max-sm:sr-only">Vitrine</span>
            </PastLink>
            <MainNav />
            <div className="ml-auto flex items-center sm:gap-1">
              <Palette />
              <LiveIndicator position={changesPosition()} />
              <ThemeButton initial={parseTheme(theme)} />
              <SettingsLink isInMenu={reader !== null} />
              {reader && <AccountMenu account={reader} />}
            </div>
          </div>
        </header>
        <main id="main" tabIndex={-1} className="mx-auto max-w-[1440px] px-4 pt-6 pb-20 outline-none sm:px-6">
          <OwnViewers of={ownViewerManifests()}>{children}</OwnViewers>
        </main>
        <ConfirmHost />
      </RoleProvider>
    </RenderTime>
  );
}
