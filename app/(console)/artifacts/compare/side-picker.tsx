"use client";

import { ChevronDown } from "lucide-react";
import dynamic from "next/dynamic";
import Link from "next/link";
import { loadCode } from "#app/_data/connection";
import { Age } from "#app/_ui/age";
import { Popover } from "#app/_ui/popover";
import type { Artifact } from "#contract/artifact";
import { contentSize } from "#formats/number";
import { TypeLabel } from "../../_list/artifact-type";
import { artifactHref } from "../../_list/artifact-url";

// With their search fields, they are needed only once a button is pressed.
const KeyList = dynamic(() => loadCode(() => import("./picker-lists")).then((module) => module.KeyList));
const VersionList = dynamic(() => loadCode(() => import("./picker-lists")).then((module) => module.VersionList));

interface Props {
  /** `From` or `To`. */
  name: string;
  artifact: Artifact;
  onPick: (id: string) => void;
}

/** One of the two versions, with buttons that select another key or version. */
export function SidePicker({ name, artifact, onPick }: Props) {
  return (
    <section aria-label={name} className="min-w-0">
      <div className="flex min-w-0 flex-wrap items-center gap-1.5">
        <Popover button={<ButtonText name={`${name}: key`} text={keyText(artifact)} />} label={`${name}: key`}>
          {(close) => <KeyList artifact={artifact} onPick={onPick} close={close} />}
        </Popover>
        {artifact.key !== null && (
          <Popover
            button={<ButtonText name={`${name}: version`} text={`v${artifact.version}`} />}
            label={`${name}: version`}
          >
            {(close) => <VersionList artifact={artifact} onPick={onPick} close={close} />}
          </Popover>
        )}
      </div>
      <p className="mt-1.5 flex flex-wrap items-center gap-x-3 gap-y-0.5 text-faint text-sm tabular-nums">
        <TypeLabel type={artifact.type} />
        <span>{contentSize(artifact)}</span>
        <Age of={artifact.created} suffix=" ago" />
        <Link href={artifactHref(artifact)} prefetch={false} className="target text-soft hover:text-ink">
          Open
        </Link>
      </p>
    </section>
  );
}

function ButtonText({ name, text }: { name: string; text: string }) {
  return (
    <>
      <span className="sr-only">{name} </span>
      <span className="max-w-56 truncate tabular-nums">{text}</span>
      <ChevronDown aria-hidden className="size-3.5 text-faint" />
    </>
  );
}

function keyText({ key, id }: Artifact): string {
  return key ?? `No key (${id.slice(0, 8)})`;
}
