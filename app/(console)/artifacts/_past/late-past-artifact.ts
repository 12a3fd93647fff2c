"use client";

import dynamic from "next/dynamic";
import { loadCode } from "#app/_data/connection";

// Most visits show what there is now.
export const PastArtifact = dynamic(() =>
  loadCode(() => import("./past-artifact")).then((module) => module.PastArtifact),
);
