"use client";

import { useMutation } from "@tanstack/react-query";
import Link from "next/link";
import { useApi } from "#app/_data/client";
import type { ApiError } from "#app/_data/error";
import { toastError, useRefresh } from "#app/_data/mutation";
import { useRole } from "#app/_data/role";
import { Age, Timestamp } from "#app/_ui/age";
import { buttonClass } from "#app/_ui/button";
import type { Artifact } from "#contract/artifact";
import { pluralize } from "#formats/number";
import { keyHref, labelHref } from "../../../_list/artifact-url";
import { RestoreButtons } from "../../../_shell/restore-buttons";
import { RoleNote } from "../../../_shell/role-note";
import { LabelLink } from "../../_labels/label-link";
import { useLabels } from "../../_labels/labels";
import { viewHref } from "./view";

/** In place of a version that does not exist: whether it is in the trash, and which versions exist. */
export function MissingVersion({
  artifactKey,
  version,
  label,
  error,
  newest,
  versions,
  neighbours,
}: {
  artifactKey: string;
  /** 0 for what is not a number. */
  version: number;
  /** The label in the URL, which is not set. */
  label: string | null;
  /** Says when it was deleted, if it is in the trash. */
  error: ApiError | null;
  newest: number;
  versions: number;
  neighbours: (Artifact | undefined)[];
}) {
  const { mayWrite } = useRole();
  const labels = useLabels(artifactKey);
  const removedAt = error?.removedAt;
  const others = neighbours.filter((row) => label === null && row !== undefined && row.version !== newest);
  return (
    <div className="mx-auto flex max-w-md flex-col items-center px-4 py-20 text-center">
      <h2 className="font-semibold text-lg tracking-tight">
        {removedAt
          ? `v${version} is in the trash`
          : label !== null
            ? `Label “${label}” not found`
            : version === 0
              ? "Version not found"
              : `v${version} not found`}
      </h2>
      {removedAt && (
        <p className="mt-2 text-soft">
          It was deleted <Age of={removedAt} suffix=" ago" />, on <Timestamp of={removedAt} />.
        </p>
      )}
      <p className="mt-2 text-soft">
        {artifactKey} has {pluralize(versions, "version")}; the latest is v{newest}.
      </p>
      {label !== null && (
        <p className="mt-2 text-soft">
          {labels.length === 0 ? "It has no labels." : "These labels name versions of it:"}
        </p>
      )}
      <div className="mt-5 flex w-full flex-wrap justify-center gap-2">
        {label !== null &&
          labels.map((each) => <LabelLink key={each.label} of={each} href={labelHref(artifactKey, each.label)} />)}
        {mayWrite && error?.id && <Restore id={error.id} name={`v${version} of ${artifactKey}`} />}
        <Link href={keyHref(artifactKey)} prefetch={false} className={buttonClass("plain")}>
          Latest version
        </Link>
        {others.map((row) => (
          <Link
            key={row?.id}
            href={viewHref(artifactKey, { version: row?.version })}
            prefetch={false}
            className={buttonClass("quiet")}
          >
            v{row?.version}
          </Link>
        ))}
        {removedAt && (
          <Link href={`/trash?key=${artifactKey}`} prefetch={false} className={buttonClass("quiet")}>
            Open trash
          </Link>
        )}
      </div>
      {removedAt && <RoleNote action="Restoring" requires="write" className="mt-4" />}
    </div>
  );
}

function Restore({ id, name }: { id: string; name: string }) {
  const refresh = useRefresh();
  const restore = useMutation(useApi().artifact.restore.mutationOptions({ onSuccess: refresh, onError: toastError }));
  return (
    <RestoreButtons name={name} isPending={restore.isPending} onRestore={(why) => restore.mutate({ id, ...why })} />
  );
}
