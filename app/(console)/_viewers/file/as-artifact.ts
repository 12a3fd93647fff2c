import type { Artifact } from "#contract/artifact";
import { FILE } from "#contract/file-type";
import { typeOfContent } from "#formats/files/content-type";
import type { ListedFile } from "#formats/files/file-list";

/** The file as if its content were the data of an artifact; of the version's metadata only that of its single file. */
export function asArtifact(artifact: Artifact, { path, mediaType, size }: ListedFile): Artifact {
  return {
    ...artifact,
    id: `${artifact.id}/${path}`,
    key: path,
    type: typeOfContent({ path, mediaType }),
    version: null,
    description: null,
    metadata: artifact.type === FILE ? artifact.metadata : null,
    size,
    rows: null,
    number: null,
  };
}
