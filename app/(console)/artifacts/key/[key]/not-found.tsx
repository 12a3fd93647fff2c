import Link from "next/link";
import { buttonClass } from "#app/_ui/button";
import { PageMessage } from "../../../_shell/page-error";

export default function KeyNotFound() {
  return (
    <PageMessage title="There is nothing under this key">
      <p>Nothing was ever published under it here, or all of it was deleted for good.</p>
      <Link href="/artifacts" className={buttonClass("plain", "mt-5")}>
        All artifacts
      </Link>
    </PageMessage>
  );
}
