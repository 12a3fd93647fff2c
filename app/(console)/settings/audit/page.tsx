import { Download } from "lucide-react";
import type { SearchParams } from "nuqs/server";
import { api, Hydrated, queryClient, resultOf, serverInfo } from "#app/_data/server";
import { buttonClass } from "#app/_ui/button";
import { Title } from "#app/brand";
import { pluralize } from "#formats/number";
import { PageError } from "../../_shell/page-error";
import { Section } from "../section";
import { AuditFilter } from "./audit-filter";
import { AuditList } from "./audit-list";
import { actorsQuery, auditHref, auditWhere, eventsQuery, exportHref, loadAudit } from "./view";

export default async function AuditPage({ searchParams }: { searchParams: Promise<SearchParams> }) {
  const view = await loadAudit(searchParams);
  const where = auditWhere(view, Date.now());
  const cache = queryClient();
  const [page] = await Promise.all([
    resultOf(cache.fetchQuery(eventsQuery(api, view, where))),
    cache.prefetchQuery(actorsQuery(api)),
  ]);
  if ("error" in page) return <PageError error={page.error} back={{ href: auditHref(), name: "All events" }} />;
  const { auditDays } = await serverInfo();
  return (
    <Hydrated>
      <Title>Audit log</Title>
      <Section
        title="Audit log"
        about={`Every change: who made it, when and why. ${
          auditDays === 0 ? "Records are kept for ever." : `Records are kept for ${pluralize(auditDays, "day")}.`
        }`}
        action={
          <a
            href={exportHref(where)}
            download="audit.jsonl"
            title="All events that match, the oldest first, as JSON lines"
            className={buttonClass()}
          >
            <Download aria-hidden className="size-3.5" />
            Export JSON lines
          </a>
        }
      >
        <AuditFilter />
        {/* Another query begins without what was open or held back. */}
        <AuditList key={auditHref(view)} view={view} where={where} />
      </Section>
    </Hydrated>
  );
}
