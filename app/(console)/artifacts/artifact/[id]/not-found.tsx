import Link from "next/link";
import { buttonClass } from "#app/_ui/button";
import { PageMessage } from "../../../_shell/page-error";

export default function ArtifactNotFound() {
  return (
    <PageMessage title="There is no artifact with this id">
      <p>It was never published here, or it was deleted for good.</p>
      <Link href="/artifacts" className={buttonClass("plain", "mt-5")}>
        All artifacts
      </Link>
    </PageMessage>
  );
}
