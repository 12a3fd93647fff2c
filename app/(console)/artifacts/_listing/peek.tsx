"use client";

import { useQuery } from "@tanstack/react-query";
import { ChevronDown, ChevronUp, X } from "lucide-react";
import Link from "next/link";
import type { ReactNode } from "react";
import { useApi } from "#app/_data/client";
import { toApiError } from "#app/_data/error";
import { Age } from "#app/_ui/age";
import { buttonClass } from "#app/_ui/button";
import { useMedia } from "#app/_ui/media";
import { Modal } from "#app/_ui/modal";
import { Notice } from "#app/_ui/notice";
import type { Artifact, ArtifactDetail } from "#contract/artifact";
import { MAX_EMBEDDED_DATA } from "#contract/limits";
import { contentSize } from "#formats/number";
import { TypeIcon } from "../../_list/artifact-type";
import { Chips } from "../../_list/chips";
import { PEEK_PANEL } from "../../_list/peek-button";
import { ProducerLine, useProducers } from "../../_list/producers";
import { rowName } from "../../_list/row-actions";
import { type DescribedRow, tagsOf } from "../../_list/tags-of";
import { Description } from "../../_viewers/description/description";
import { FindRoot } from "../../_viewers/find/find-root";
import { ArtifactData } from "../_artifact/artifact-data";
import { artifactQuery } from "../_artifact/artifact-queries";
import { PeekActions } from "./peek-actions";
import { rowQuery } from "./queries";

const ICON =
  "inline-flex size-8 shrink-0 items-center justify-center rounded-md text-soft hover:bg-hover hover:text-ink";

const NARROW = "(width < 64rem)";

/** One version over the right side of the list, or as a sheet on a small screen. `row` is its row in the list, if any. */
export function Peek({
  id,
  row,
  onStep,
  onShow,
  onClose,
}: {
  id: string;
  row: DescribedRow | undefined;
  onStep: (by: 1 | -1) => void;
  /** Shows another version in its place. */
  onShow: (id: string) => void;
  onClose: () => void;
}) {
  const api = useApi();
  const rowResult = useQuery({ ...rowQuery(api, id), enabled: row === undefined });
  const current: DescribedRow | undefined = row ?? rowResult.data?.[0];
  const small = current !== undefined && current.size <= MAX_EMBEDDED_DATA;
  const { data: read, error } = useQuery({ ...artifactQuery(api, id), enabled: small });
  const artifact = read ?? (current && !small ? withoutData(current) : undefined);
  const apiError = rowResult.error || error ? toApiError(rowResult.error ?? error) : null;
  const notFound =
    apiError?.code === "NOT_FOUND" || apiError?.code === "BAD_REQUEST" || (rowResult.data !== undefined && !current);
  return (
    <Frame onClose={onClose}>
      <header className="sticky top-0 z-[1] flex flex-wrap items-center gap-1 border-b bg-surface py-1.5 pr-2 pl-4">
        <h2 className="mr-auto flex min-w-0 items-center gap-2 font-semibold">
          {current && <TypeIcon type={current.type} />}
          <span className="truncate">{current ? rowName(current) : "Peek"}</span>
          {current?.version != null && <span className="font-normal text-faint">v{current.version}</span>}
        </h2>
        <button
          type="button"
          aria-label="Previous row"
          title="Previous row (k)"
          className={ICON}
          onClick={() => onStep(-1)}
        >
          <ChevronUp aria-hidden className="size-4" />
        </button>
        <button type="button" aria-label="Next row" title="Next row (j)" className={ICON} onClick={() => onStep(1)}>
          <ChevronDown aria-hidden className="size-4" />
        </button>
        <button type="button" aria-label="Close" title="Close (Esc)" className={ICON} onClick={onClose}>
          <X aria-hidden className="size-4" />
        </button>
        {!notFound && (
          <PeekActions
            artifact={current ?? { id, key: null, version: null }}
            older={read?.older ?? null}
            newer={read?.newer ?? null}
            onShow={onShow}
          />
        )}
      </header>
      <div className="p-4 pb-8">
        {current && !notFound && <Facts artifact={current} />}
        {notFound ? (
          <Notice tone="warn" action={<TrashLink />}>
            This version no longer exists.
          </Notice>
        ) : apiError ? (
          <Notice tone="danger">{apiError.message}</Notice>
        ) : artifact ? (
          // Below the header, which stays where it is too.
          <FindRoot key={id} top="top-24">
            {artifact.description && (
              <div className="mb-4">
                <Description text={artifact.description} />
              </div>
            )}
            <ArtifactData artifact={artifact} />
          </FindRoot>
        ) : (
          <p role="status" className="py-14 text-center text-faint">
            Loading…
          </p>
        )}
      </div>
    </Frame>
  );
}

function Facts({ artifact }: { artifact: DescribedRow }) {
  const producerOf = useProducers([artifact]);
  const { flowRunId } = artifact;
  return (
    <p className="mb-3 flex flex-wrap gap-x-3 text-faint text-sm">
      <Age of={artifact.created} suffix=" ago" />
      <span>{contentSize(artifact)}</span>
      {flowRunId !== null && <ProducerLine id={flowRunId} producer={producerOf(flowRunId)} />}
      <Chips labels={artifact.labels} tags={tagsOf(artifact)} className="inline-flex" />
    </p>
  );
}

function TrashLink() {
  return (
    <Link href="/trash" prefetch={false} className={buttonClass()}>
      Open trash
    </Link>
  );
}

function Frame({ onClose, children }: { onClose: () => void; children: ReactNode }) {
  const narrow = useMedia(NARROW, false);
  if (narrow) {
    return (
      <Modal
        label="Peek"
        onClose={onClose}
        className="mx-0 mt-auto mb-0 h-[85dvh] max-h-none w-full max-w-none overflow-y-auto rounded-t-xl border-x-0 border-b-0"
      >
        {children}
      </Modal>
    );
  }
  return (
    <aside aria-label="Peek" className={PEEK_PANEL}>
      {children}
    </aside>
  );
}

/** A version with large data, which its viewer fetches by its own request. */
function withoutData(row: Artifact): ArtifactDetail {
  return { ...row, data: null, isLatest: true, older: null, newer: null };
}
