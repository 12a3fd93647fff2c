import { useRouter } from "next/navigation";
import { useShortcuts } from "#app/_ui/shortcut";
import type { Artifact } from "#contract/artifact";
import { copyLink } from "./copy-link";
import { useDeleteArtifact } from "./use-delete";

/** Where the keys lead from a version: the address of its data as stored, and of its neighbours where it has some. */
interface Ways {
  raw: string;
  older?: string | null;
  newer?: string | null;
}

/** What the keys do on one version: edit, delete, older, newer, raw data, copy the link. */
export function useVersionShortcuts({ id }: Artifact, { raw, older, newer }: Ways) {
  const router = useRouter();
  const remove = useDeleteArtifact();
  const to = (label: string, href: string | null | undefined) =>
    href ? { label, run: () => router.push(href) } : undefined;
  useShortcuts(
    {
      "[": to("Older version", older),
      "]": to("Newer version", newer),
      ".": to("Raw data, or back", raw),
      e: to("Edit", `/artifacts/artifact/${id}?tab=edit`),
      y: { label: "Copy the link", run: () => copyLink(id) },
      "#": { label: "Delete this version", run: () => remove.mutate({ id }) },
    },
    "Version",
  );
}
