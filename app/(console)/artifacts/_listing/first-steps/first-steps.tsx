"use client";

import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useClient } from "#app/_data/client";
import { toastError, useRefresh } from "#app/_data/mutation";
import { useRole } from "#app/_data/role";
import type { ServerInfo } from "#app/_data/server";
import { Button } from "#app/_ui/button";
import { Copy } from "#app/_ui/copy";
import { ScrollRegion } from "#app/_ui/scroll-region";
import { RoleNote } from "../../../_shell/role-note";
import { PublishFile } from "../publish-file/publish-file";
import { loadSampleData } from "./sample-data";
import { LANGUAGES, snippet } from "./snippet";

export function FirstSteps({ server }: { server: ServerInfo }) {
  const [language, setLanguage] = useState<(typeof LANGUAGES)[number]>("Shell");
  const code = snippet(language, server);
  return (
    <section className="mx-auto max-w-2xl pt-8">
      <h2 className="font-semibold text-lg tracking-tight">No artifacts yet</h2>
      <p className="mt-1 text-soft">
        Publish the first one from a shell or any workflow. Publish again under the same key to create version 2.
      </p>
      <div className="mt-5 overflow-hidden rounded-lg border bg-surface">
        <div className="flex items-center gap-1 border-b px-2 py-1.5">
          <fieldset className="flex flex-wrap gap-1">
            <legend className="sr-only">Language</legend>
            {LANGUAGES.map((each) => (
              <button
                key={each}
                type="button"
                aria-pressed={each === language}
                onClick={() => setLanguage(each)}
                className={`h-7 rounded px-2 text-sm ${each === language ? "bg-hover font-medium text-ink" : "text-soft hover:text-ink"}`}
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
      <OwnFile maxData={server.maxData} />
      <SampleData />
      <p className="mt-4 flex items-center gap-2 text-faint text-sm">
        <span aria-hidden className="size-2 animate-pulse rounded-full bg-accent" />
        Waiting for the first artifact…
      </p>
    </section>
  );
}

function OwnFile({ maxData }: { maxData: number }) {
  const { mayWrite } = useRole();
  if (!mayWrite) return null;
  return (
    <div className="mt-6 flex flex-wrap items-center gap-x-4 gap-y-2 border-t pt-5">
      <p className="min-w-0 flex-1 basis-72 text-soft text-sm">
        Or drop a file on this page: markdown, CSV, JSON, an image, or any other.
      </p>
      <PublishFile maxData={maxData}>Choose file…</PublishFile>
    </div>
  );
}

function SampleData() {
  const client = useClient();
  const refresh = useRefresh();
  const { mayWrite } = useRole();
  const load = useMutation({ mutationFn: () => loadSampleData(client), onSuccess: refresh, onError: toastError });
  if (!mayWrite) return null;
  return (
    <div className="mt-6 flex flex-wrap items-center gap-x-4 gap-y-2 border-t pt-5">
      <p className="min-w-0 flex-1 basis-72 text-soft text-sm">
        Or look around first: six artifacts of an invented shop, under keys that begin with “sample-”. Delete them
        whenever you like.
      </p>
      <Button disabled={load.isPending} onClick={() => load.mutate()}>
        {load.isPending ? "Loading…" : "Load sample data"}
      </Button>
    </div>
  );
}
