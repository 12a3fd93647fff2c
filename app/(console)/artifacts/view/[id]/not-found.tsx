import Link from "next/link";
import { buttonClass } from "#app/_ui/button";
import { PageMessage } from "../../../_shell/page-error";

export default function ViewNotFound() {
  return (
    <PageMessage title="View not found">
      <p>It was deleted, or it is somebody else's and not shared.</p>
      <Link href="/artifacts?view=none" className={buttonClass("plain", "mt-5")}>
        All artifacts
      </Link>
    </PageMessage>
  );
}
