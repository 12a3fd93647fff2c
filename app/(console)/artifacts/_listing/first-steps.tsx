"use client";

import { useState } from "react";
import type { ServerInfo } from "#app/_data/server";
import { Copy } from "#app/_ui/copy";
import { ScrollRegion } from "#app/_ui/scroll-region";
import { RoleNote } from "../../_shell/role-note";
import { LANGUAGES, snippet } from "./snippet";

export function FirstSteps({ server }: { server: ServerInfo }) {
  const [language, setLanguage] = useState<(typeof LANGUAGES)[number]>("TypeScript");
  const code = snippet(language, server);
  return (
    <section className="mx-auto max-w-2xl pt-8">
      <h2 className="font-semibold text-lg tracking-tight">No artifacts yet</h2>
      <p className="mt-1 text-soft">
        Run this code from any workflow to publish the first one. Publish again with the same key to create version 2.
      </p>
      <div className="mt-5 overflow-hidden rounded-lg border bg-surface">
        <div className="flex items-center gap-1 border-b px-2 py-1.5">
          <fieldset className="flex gap-1">
            <legend className="sr-only">Language</legend>
            {LANGUAGES.map((each) => (
              <button
                key={each}
                type="button"
                aria-pressed={each === language}
                onClick={() => setLanguage(each)}
                className={`rounded px-2 py-0.5 text-sm ${each === language ? "bg-hover font-medium text-ink" : "text-soft hover:text-ink"}`}
              >
                {each}
              </button>
            ))}
          </fieldset>
          <Copy text={code} label={`Copy ${language} code`} className="ml-auto" />
        </div>
        <ScrollRegion label={`${language} code`} className="overflow-x-auto">
          <pre className="w-max p-4 font-mono text-[13px] leading-5">{code}</pre>
        </ScrollRegion>
      </div>
      <RoleNote action="Publishing" requires="write" className="mt-4" />
      <p className="mt-4 flex items-center gap-2 text-faint text-sm">
        <span aria-hidden className="size-2 animate-pulse rounded-full bg-accent" />
        Waiting for the first artifact…
      </p>
    </section>
  );
}
