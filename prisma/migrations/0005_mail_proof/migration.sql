-- The end-to-end proof: two test messages of one agreement, and what became of them.
CREATE TABLE "mail_proof" (
    "id" UUID NOT NULL,
    "tenant_id" UUID NOT NULL,
    "state" TEXT NOT NULL,
    "by" JSONB NOT NULL,
    "address" TEXT NOT NULL,
    "made_at" TIMESTAMPTZ(3) NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,
    "body" JSONB NOT NULL,
    "pasted" JSONB,
    "due_at" TIMESTAMPTZ(3),
    "tries" INTEGER NOT NULL DEFAULT 0,
    "version" INTEGER NOT NULL DEFAULT 0,

    CONSTRAINT "mail_proof_pkey" PRIMARY KEY ("id")
);

CREATE INDEX "mail_proof_tenant_id_made_at_idx" ON "mail_proof"("tenant_id", "made_at");

ALTER TABLE "mail_proof" ADD CONSTRAINT "mail_proof_tenant_id_fkey" FOREIGN KEY ("tenant_id") REFERENCES "tenant"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

ALTER TABLE "mail_proof" ADD CONSTRAINT "mail_proof_state_known" CHECK ("state" IN ('open', 'over'));
-- Two that are pressed at once send two messages, not four.
CREATE UNIQUE INDEX "mail_proof_one_open_a_tenant" ON "mail_proof" ("tenant_id") WHERE "state" = 'open';
CREATE INDEX "mail_proof_due" ON "mail_proof" ("due_at") WHERE "state" = 'open';

ALTER TABLE "mail_proof" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "mail_proof" FORCE ROW LEVEL SECURITY;
CREATE POLICY own ON "mail_proof" TO cutover_app USING (tenant_id = cutover_tenant()) WITH CHECK (tenant_id = cutover_tenant());
-- Jobs find what is due, then go on in the scope of its tenant.
CREATE POLICY system_look ON "mail_proof" FOR SELECT TO cutover_app USING (cutover_reach() = 'system');

GRANT SELECT, INSERT, UPDATE, DELETE ON "mail_proof" TO cutover_app;

CREATE TRIGGER "mail_proof_tell" AFTER INSERT OR UPDATE ON "mail_proof" FOR EACH ROW EXECUTE FUNCTION cutover_tell();
