-- What would be refused once the door is locked: a look at message trace that may take many queries, and its groups.
CREATE TABLE "trace_report" (
    "id" UUID NOT NULL,
    "tenant_id" UUID NOT NULL,
    "state" TEXT NOT NULL,
    "by" JSONB NOT NULL,
    "days" INTEGER NOT NULL,
    "made_at" TIMESTAMPTZ(3) NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,
    "finished_at" TIMESTAMPTZ(3),
    "premises" JSONB,
    "position" JSONB,
    "counts" JSONB NOT NULL,
    "version" INTEGER NOT NULL DEFAULT 0,
    "pages" INTEGER NOT NULL DEFAULT 0,
    "rows" INTEGER NOT NULL DEFAULT 0,
    "reached_at" TIMESTAMPTZ(3),
    "retry_at" TIMESTAMPTZ(3),
    "tries" INTEGER NOT NULL DEFAULT 0,
    "problem" JSONB,

    CONSTRAINT "trace_report_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "trace_group" (
    "tenant_id" UUID NOT NULL,
    "report_id" UUID NOT NULL,
    "key" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "count" INTEGER NOT NULL,
    "body" JSONB NOT NULL,

    CONSTRAINT "trace_group_pkey" PRIMARY KEY ("report_id","key")
);

CREATE UNIQUE INDEX "trace_report_tenant_id_id_key" ON "trace_report"("tenant_id", "id");
CREATE INDEX "trace_report_tenant_id_made_at_idx" ON "trace_report"("tenant_id", "made_at");
CREATE INDEX "trace_group_report_id_reason_count_idx" ON "trace_group"("report_id", "reason", "count");

ALTER TABLE "trace_report" ADD CONSTRAINT "trace_report_tenant_id_fkey" FOREIGN KEY ("tenant_id") REFERENCES "tenant"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "trace_group" ADD CONSTRAINT "trace_group_tenant_id_report_id_fkey" FOREIGN KEY ("tenant_id", "report_id") REFERENCES "trace_report"("tenant_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;

ALTER TABLE "trace_report" ADD CONSTRAINT "trace_report_state_known" CHECK ("state" IN ('queued', 'running', 'waiting', 'stopped', 'done', 'cancelled'));
-- The tenant's quota of queries is one: two looks at once would only make each other wait.
CREATE UNIQUE INDEX "trace_report_one_open_a_tenant" ON "trace_report" ("tenant_id") WHERE "state" IN ('queued', 'running', 'waiting');

DO $$
DECLARE walled text;
BEGIN
  FOREACH walled IN ARRAY ARRAY['trace_report', 'trace_group'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', walled);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', walled);
    EXECUTE format('CREATE POLICY own ON %I TO cutover_app USING (tenant_id = cutover_tenant()) WITH CHECK (tenant_id = cutover_tenant())', walled);
  END LOOP;
END $$;
-- Jobs find what is due, then go on in the scope of its tenant.
CREATE POLICY system_look ON "trace_report" FOR SELECT TO cutover_app USING (cutover_reach() = 'system');

GRANT SELECT, INSERT, UPDATE, DELETE ON "trace_report", "trace_group" TO cutover_app;

CREATE TRIGGER "trace_report_tell" AFTER INSERT OR UPDATE ON "trace_report" FOR EACH ROW EXECUTE FUNCTION cutover_tell();
