import type { ComponentType } from "react";
import type { Artifact } from "#contract/artifact";
import type { Json } from "#contract/json";

/** What a viewer shows: the data of an artifact, or of a part of a report. */
export interface ViewerProps {
  artifact: Artifact;
  data: Json;
  /** The JSON text of the data, with numbers and repeated names as they were written. */
  text: string;
  /** Shows a part of the data by the viewer that is for it. */
  Part: ComponentType<Omit<ViewerProps, "Part">>;
}

export type ViewerComponent = ComponentType<ViewerProps>;
