export { collectionAbout } from "./schema/about";
export { apiKey } from "./schema/api-key";
export {
  artifact,
  artifactChange,
  artifactCollection,
  artifactData,
  artifactIdempotency,
  artifactPreview,
  artifactPreviewPending,
  artifactTrash,
  collectionKey,
} from "./schema/artifact";
export { backupPart } from "./schema/backup";
export { artifactFile, blob, blobStore, blobUpload } from "./schema/blob";
export { nextUpdated, timestampText } from "./schema/column";
export { actor, event, eventWatermark } from "./schema/event";
export { deployment, flow } from "./schema/flow";
export { label, protectedLabel } from "./schema/label";
export { person, personSession } from "./schema/person";
export { pin } from "./schema/pin";
export { keyRedirect } from "./schema/redirect";
export { artifactRevision } from "./schema/revision";
export { flowRun, taskRun } from "./schema/run";
export { searchLatest, searchPending, searchVersion, wordVector } from "./schema/search";
export { serverSecret } from "./schema/secret";
export { endedSession } from "./schema/session";
export { trashPeriod } from "./schema/trash-period";
export { reader, readMark } from "./schema/unread";
export { view, viewDefault } from "./schema/view";
