-- The API token of a tenant's Cloudflare account: sealed before it gets here, one a tenant, behind the same wall as everything of a tenant.
CREATE TABLE "cloudflare_token" (
    "tenant_id" UUID NOT NULL,
    "sealed" TEXT NOT NULL,
    "last_four" TEXT NOT NULL,
    "account_id" TEXT,
    "found" JSONB NOT NULL,
    "by" JSONB NOT NULL,
    "entered_at" TIMESTAMPTZ(3) NOT NULL,
    "verified_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "cloudflare_token_pkey" PRIMARY KEY ("tenant_id")
);

ALTER TABLE "cloudflare_token" ADD CONSTRAINT "cloudflare_token_tenant_id_fkey" FOREIGN KEY ("tenant_id") REFERENCES "tenant"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
ALTER TABLE "cloudflare_token" ADD CONSTRAINT "cloudflare_token_last_four_short" CHECK (char_length("last_four") <= 4);

ALTER TABLE "cloudflare_token" ENABLE ROW LEVEL SECURITY;
ALTER TABLE "cloudflare_token" FORCE ROW LEVEL SECURITY;
CREATE POLICY own ON "cloudflare_token" TO cutover_app USING (tenant_id = cutover_tenant()) WITH CHECK (tenant_id = cutover_tenant());
GRANT SELECT, INSERT, UPDATE, DELETE ON "cloudflare_token" TO cutover_app;
