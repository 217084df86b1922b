-- Orders about mail: messages moved or released at the vendor, each with its own result; and who may read mail.
CREATE TABLE "mail_order" (
    "id" UUID NOT NULL,
    "tenant_id" UUID NOT NULL,
    "kind" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "destination" TEXT,
    "reason" TEXT NOT NULL DEFAULT '',
    "by" JSONB NOT NULL,
    "made_at" TIMESTAMPTZ(3) NOT NULL,
    "agreed_by" JSONB,
    "agreed_at" TIMESTAMPTZ(3),
    "updated_at" TIMESTAMPTZ(3) NOT NULL,
    "finished_at" TIMESTAMPTZ(3),
    "retry_at" TIMESTAMPTZ(3),
    "problem" JSONB,
    "tries" INTEGER NOT NULL DEFAULT 0,
    "version" INTEGER NOT NULL DEFAULT 0,
    "table" JSONB,
    "reached" JSONB,

    CONSTRAINT "mail_order_pkey" PRIMARY KEY ("id")
);

CREATE TABLE "mail_item" (
    "tenant_id" UUID NOT NULL,
    "order_id" UUID NOT NULL,
    "message" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "destination" TEXT,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "about" JSONB NOT NULL,
    "outcomes" JSONB NOT NULL,
    "asked_at" TIMESTAMPTZ(3),
    "retry_at" TIMESTAMPTZ(3),
    "tries" INTEGER NOT NULL DEFAULT 0,
    "reason" TEXT,

    CONSTRAINT "mail_item_pkey" PRIMARY KEY ("order_id","message")
);

CREATE TABLE "mail_right" (
    "tenant_id" UUID NOT NULL,
    "upn" TEXT NOT NULL,
    "by" JSONB NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "revoked_at" TIMESTAMPTZ(3),

    CONSTRAINT "mail_right_pkey" PRIMARY KEY ("tenant_id","upn")
);

CREATE UNIQUE INDEX "mail_order_tenant_id_id_key" ON "mail_order"("tenant_id", "id");
CREATE INDEX "mail_order_tenant_id_made_at_idx" ON "mail_order"("tenant_id", "made_at");
CREATE INDEX "mail_item_tenant_id_message_idx" ON "mail_item"("tenant_id", "message");
CREATE INDEX "mail_item_order_id_state_at_idx" ON "mail_item"("order_id", "state", "at");

ALTER TABLE "mail_order" ADD CONSTRAINT "mail_order_tenant_id_fkey" FOREIGN KEY ("tenant_id") REFERENCES "tenant"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "mail_item" ADD CONSTRAINT "mail_item_tenant_id_order_id_fkey" FOREIGN KEY ("tenant_id", "order_id") REFERENCES "mail_order"("tenant_id", "id") ON DELETE CASCADE ON UPDATE CASCADE;
ALTER TABLE "mail_right" ADD CONSTRAINT "mail_right_tenant_id_fkey" FOREIGN KEY ("tenant_id") REFERENCES "tenant"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

ALTER TABLE "mail_order" ADD CONSTRAINT "mail_order_kind_known" CHECK ("kind" IN ('retract', 'release', 'auto'));
ALTER TABLE "mail_order" ADD CONSTRAINT "mail_order_state_known" CHECK ("state" IN ('draft', 'queued', 'running', 'waiting', 'stopped', 'done', 'cancelled'));
ALTER TABLE "mail_item" ADD CONSTRAINT "mail_item_state_known" CHECK ("state" IN ('waiting', 'asked', 'done', 'failed', 'left'));
-- One standing order a tenant: what it ever took up, it never takes up again.
CREATE UNIQUE INDEX "mail_order_one_auto_a_tenant" ON "mail_order" ("tenant_id") WHERE "kind" = 'auto';
CREATE INDEX "mail_order_due" ON "mail_order" ("state", "retry_at") WHERE "state" IN ('queued', 'running', 'waiting');
CREATE INDEX "mail_item_due" ON "mail_item" ("order_id", "retry_at") WHERE "state" = 'failed' AND "retry_at" IS NOT NULL;

DO $$
DECLARE walled text;
BEGIN
  FOREACH walled IN ARRAY ARRAY['mail_order', 'mail_item', 'mail_right'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', walled);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', walled);
    EXECUTE format('CREATE POLICY own ON %I TO cutover_app USING (tenant_id = cutover_tenant()) WITH CHECK (tenant_id = cutover_tenant())', walled);
  END LOOP;
END $$;
-- Jobs find what is due, then go on in the scope of its tenant.
CREATE POLICY system_look ON "mail_order" FOR SELECT TO cutover_app USING (cutover_reach() = 'system');

GRANT SELECT, INSERT, UPDATE, DELETE ON "mail_order", "mail_item" TO cutover_app;
GRANT SELECT, INSERT, UPDATE ON "mail_right" TO cutover_app;

CREATE TRIGGER "mail_order_tell" AFTER INSERT OR UPDATE ON "mail_order" FOR EACH ROW EXECUTE FUNCTION cutover_tell();
