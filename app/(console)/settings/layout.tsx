import type { ReactNode } from "react";
import { account, setPageStatus } from "#app/_data/server";
import { PageMessage } from "../_shell/page-error";
import { SettingsNav } from "./settings-nav";

/** For the role admin; others see why there is nothing. */
export default async function SettingsLayout({ children }: { children: ReactNode }) {
  const reader = await account();
  if (reader && (reader.role !== "admin" || reader.keys !== null)) {
    await setPageStatus(403);
    return (
      <PageMessage title="Settings">
        <p>
          Settings require the role admin; you have {reader.role} access
          {reader.keys !== null && ` to the keys ${reader.keys}`}.
        </p>
      </PageMessage>
    );
  }
  return (
    <>
      <h1 className="font-semibold text-xl tracking-tight">Settings</h1>
      <div className="mt-4 gap-10 md:flex">
        <SettingsNav />
        <div className="min-w-0 max-w-4xl flex-1 max-md:mt-6">{children}</div>
      </div>
    </>
  );
}
