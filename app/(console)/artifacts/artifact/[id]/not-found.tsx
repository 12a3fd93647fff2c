import Link from "next/link";
import { buttonClass } from "#app/_ui/button";
import { PageMessage } from "../../../_shell/page-error";

export default function ArtifactNotFound() {
  return (
    <PageMessage title="Artifact not found">
      <p>No artifact with this ID has been published, or it was permanently deleted.</p>
      <Link href="/artifacts?view=none" className={buttonClass("plain", "mt-5")}>
        All artifacts
      </Link>
    </PageMessage>
  );
}
