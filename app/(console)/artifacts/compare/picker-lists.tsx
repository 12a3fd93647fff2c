"use client";

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useApi } from "#app/_data/client";
import { useTimedText } from "#app/_ui/age";
import { type Command, CommandList } from "#app/_ui/command-list";
import { ageOf } from "#app/_ui/timestamp";
import type { Artifact } from "#contract/artifact";
import { stepOf } from "#diff/cell";
import { contentSize } from "#formats/number";
import { useProducers } from "../../_list/producers";
import { keysQuery, newestQuery, versionQuery } from "../_compare/queries";
import { labelsOn, useLabels } from "../_labels/labels";

interface ListProps {
  artifact: Artifact;
  onPick: (id: string) => void;
  close: () => void;
}

/** The keys that contain what is typed; selects the latest version of one. */
export function KeyList({ artifact, onPick, close }: ListProps) {
  const [text, setText] = useState("");
  const { data: keys = [], isPending } = useQuery(keysQuery(useApi(), text));
  const commands = keys.map(
    (row): Command => ({
      ...commandOf(row.id, artifact, onPick, close),
      group: "Latest version of a key",
      label: row.key,
      hint: versionText(row),
    }),
  );
  return (
    <CommandList
      label="Search keys"
      text={text}
      onText={setText}
      commands={commands}
      empty={isPending ? "" : "No key contains this text."}
      className="max-h-80"
    />
  );
}

function versionText({ version }: Pick<Artifact, "version">): string {
  return `v${version}`;
}

/** The newest versions, and any other by its number; typed text is found in numbers, labels and names of runs. */
export function VersionList({ artifact, onPick, close }: ListProps) {
  const [text, setText] = useState("");
  const api = useApi();
  const key = artifact.key ?? "";
  const { data: newest = [], isPending } = useQuery(newestQuery(api, key));
  const number = Number(text.replace(/^v/i, "")) || 0;
  const isListed = newest.some(({ version }) => version === number);
  const { data: exact = [] } = useQuery({ ...versionQuery(api, key, number), enabled: number > 0 && !isListed });
  const labels = useLabels(key);
  const namesOf = ({ version }: Artifact) => labelsOn(labels, version).join(", ");
  const producerOf = useProducers(newest);
  const runOf = ({ flowRunId }: Artifact) => (flowRunId === null ? "" : (producerOf(flowRunId).run?.name ?? ""));
  const ages = useTimedText((now) => newest.map(({ created }) => ageOf(created, now)).join("\n")).split("\n");
  const matches = (row: Artifact) =>
    text === "" ||
    (number > 0 ? `${row.version}`.startsWith(`${number}`) : `${namesOf(row)} ${runOf(row)}`.includes(text));
  const commandsOf = newest.map((row, at): [Artifact, Command] => [
    row,
    {
      ...commandOf(row.id, artifact, onPick, close),
      group: "Versions",
      label: `v${row.version}`,
      hint: [namesOf(row), ages[at], runOf(row), contentSize(row), deltaOf(row, newest[at + 1])]
        .filter(Boolean)
        .join(" · "),
    },
  ]);
  const found = exact.map(
    (row): Command => ({
      ...commandOf(row.id, artifact, onPick, close),
      group: "Versions",
      label: `v${row.version}`,
      hint: [namesOf(row), contentSize(row)].filter(Boolean).join(" · "),
    }),
  );
  return (
    <CommandList
      label="Search versions by number, label or run"
      text={text}
      onText={setText}
      commands={[...commandsOf.filter(([row]) => matches(row)).map(([, command]) => command), ...found]}
      empty={isPending ? "" : "No version has this number, label or run."}
      className="max-h-80"
    />
  );
}

/** How rows or the number differ from the version before. */
function deltaOf(newer: Artifact, older: Artifact | undefined): string {
  const steps = [
    { measure: "", by: (newer.number ?? 0) - (older?.number ?? newer.number ?? 0) },
    { measure: " rows", by: (newer.rows ?? 0) - (older?.rows ?? newer.rows ?? 0) },
  ];
  const step = older && steps.find(({ by }) => by !== 0);
  return step ? stepOf(step.by) + step.measure : "";
}

function commandOf(id: string, artifact: Artifact, onPick: (id: string) => void, close: () => void) {
  return {
    id,
    run: () => {
      close();
      if (id !== artifact.id) onPick(id);
    },
  };
}
