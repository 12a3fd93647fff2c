import Link from "next/link";
import { buttonClass } from "#app/_ui/button";
import { PageMessage } from "../../_shell/page-error";

export default function FlowNotFound() {
  return (
    <PageMessage title="Flow not found">
      <p>It was never reported to this server, or has been deleted.</p>
      <Link href="/runs" className={buttonClass("plain", "mt-5")}>
        All runs
      </Link>
    </PageMessage>
  );
}
