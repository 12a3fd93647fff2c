import type { Artifact } from "#contract/artifact";
import type { Json } from "#contract/json";

/** What is rendered: the data as JavaScript reads it, and its JSON text, which keeps what JavaScript does not. */
export interface ViewerProps {
  artifact: Artifact;
  data: Json;
  text: string;
}
