import { useRouter } from "next/navigation";
import { useShortcuts } from "#app/_ui/shortcut";
import type { Artifact } from "#contract/artifact";
import { artifactHref } from "./artifact-url";
import { copyLink } from "./copy-link";
import { useDeleteArtifact } from "./use-delete";

interface Targets {
  /** The URL that `.` opens. */
  raw: string;
  older?: string | null;
  newer?: string | null;
}

/** The keyboard shortcuts of one version. */
export function useVersionShortcuts({ id }: Artifact, { raw, older, newer }: Targets) {
  const router = useRouter();
  const deletion = useDeleteArtifact();
  const open = (label: string, href: string | null | undefined) =>
    href ? { label, run: () => router.push(href) } : undefined;
  useShortcuts(
    {
      "[": open("Older version", older),
      "]": open("Newer version", newer),
      ".": open("Toggle raw data", raw),
      e: open("Edit", artifactHref(id, "edit")),
      y: { label: "Copy link", run: () => copyLink(id) },
      "#": { label: "Delete this version", run: () => deletion.mutate({ id }) },
    },
    "Version",
  );
}
