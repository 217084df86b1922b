-- The ground: what Cutover keeps. Tables by Prisma's diff; walls, rules and the queue's door by hand from "The walls" on.

-- CreateTable
CREATE TABLE "tenant" (
    "id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "profile" TEXT NOT NULL DEFAULT 'cloudflare',
    "access" TEXT,
    "consented_at" TIMESTAMPTZ(3),
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "last_seen_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "tenant_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "settings" (
    "tenant_id" UUID NOT NULL,
    "step" TEXT NOT NULL,
    "value" JSONB NOT NULL,
    "by" JSONB NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "settings_pkey" PRIMARY KEY ("tenant_id","step")
);

-- CreateTable
CREATE TABLE "plan" (
    "id" UUID NOT NULL,
    "tenant_id" UUID NOT NULL,
    "step" TEXT NOT NULL,
    "undo" BOOLEAN NOT NULL,
    "settings" JSONB NOT NULL,
    "changes" JSONB NOT NULL,
    "digest" TEXT NOT NULL,
    "way" TEXT NOT NULL,
    "nonce" TEXT NOT NULL,
    "by" JSONB NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "instead_of" UUID,

    CONSTRAINT "plan_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "run" (
    "id" UUID NOT NULL,
    "tenant_id" UUID NOT NULL,
    "step" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "by" JSONB NOT NULL,
    "chosen" JSONB NOT NULL,
    "problem" JSONB,
    "started_at" TIMESTAMPTZ(3) NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,
    "finished_at" TIMESTAMPTZ(3),
    "retry_at" TIMESTAMPTZ(3),

    CONSTRAINT "run_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "entry" (
    "id" BIGSERIAL NOT NULL,
    "tenant_id" UUID NOT NULL,
    "run_id" UUID NOT NULL,
    "step" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "by" JSONB NOT NULL,
    "change" JSONB NOT NULL,
    "change_key" TEXT NOT NULL,
    "what" TEXT NOT NULL,
    "made" TEXT,
    "evidence" JSONB,

    CONSTRAINT "entry_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "moment" (
    "id" BIGSERIAL NOT NULL,
    "tenant_id" UUID NOT NULL,
    "name" TEXT NOT NULL,
    "raw" JSONB NOT NULL,
    "said" TEXT NOT NULL,
    "first" TIMESTAMPTZ(3) NOT NULL,
    "last" TIMESTAMPTZ(3) NOT NULL,
    "source" TEXT NOT NULL,
    "by" JSONB,

    CONSTRAINT "moment_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "event" (
    "id" BIGSERIAL NOT NULL,
    "tenant_id" UUID NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "actor" JSONB NOT NULL,
    "kind" TEXT NOT NULL,
    "step" TEXT,
    "detail" JSONB NOT NULL,

    CONSTRAINT "event_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "word" (
    "id" BIGSERIAL NOT NULL,
    "tenant_id" UUID NOT NULL,
    "step" TEXT NOT NULL,
    "key" TEXT NOT NULL,
    "value" JSONB NOT NULL,
    "by" JSONB NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "word_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "watch" (
    "tenant_id" UUID NOT NULL,
    "step" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "due_at" TIMESTAMPTZ(3) NOT NULL,
    "since" TIMESTAMPTZ(3) NOT NULL,
    "tries" INTEGER NOT NULL DEFAULT 0,
    "deadline" TIMESTAMPTZ(3),
    "last_result" JSONB,
    "locked_until" TIMESTAMPTZ(3),

    CONSTRAINT "watch_pkey" PRIMARY KEY ("tenant_id","step")
);

-- CreateTable
CREATE TABLE "session" (
    "id_hash" TEXT NOT NULL,
    "tenant_id" UUID NOT NULL,
    "oid" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "upn" TEXT NOT NULL,
    "directory_roles" TEXT[],
    "app_roles" TEXT[],
    "user_agent" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "last_seen_at" TIMESTAMPTZ(3) NOT NULL,
    "rotated_at" TIMESTAMPTZ(3) NOT NULL,
    "expires_at" TIMESTAMPTZ(3) NOT NULL,
    "revoked_at" TIMESTAMPTZ(3),

    CONSTRAINT "session_pkey" PRIMARY KEY ("id_hash")
);

-- CreateTable
CREATE TABLE "invite" (
    "tenant_id" UUID NOT NULL,
    "upn" TEXT NOT NULL,
    "by" JSONB NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "revoked_at" TIMESTAMPTZ(3),

    CONSTRAINT "invite_pkey" PRIMARY KEY ("tenant_id","upn")
);

-- CreateTable
CREATE TABLE "token_cache" (
    "tenant_id" UUID NOT NULL,
    "sealed" TEXT NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "token_cache_pkey" PRIMARY KEY ("tenant_id")
);

-- CreateIndex
CREATE INDEX "tenant_name_id_idx" ON "tenant"("name", "id");

-- CreateIndex
CREATE INDEX "plan_tenant_id_created_at_idx" ON "plan"("tenant_id", "created_at");

-- CreateIndex
CREATE UNIQUE INDEX "plan_tenant_id_id_key" ON "plan"("tenant_id", "id");

-- CreateIndex
CREATE UNIQUE INDEX "run_tenant_id_id_key" ON "run"("tenant_id", "id");

-- CreateIndex
CREATE INDEX "run_tenant_id_started_at_idx" ON "run"("tenant_id", "started_at");

-- CreateIndex
CREATE INDEX "entry_tenant_id_step_id_idx" ON "entry"("tenant_id", "step", "id");

-- CreateIndex
CREATE INDEX "entry_run_id_id_idx" ON "entry"("run_id", "id");

-- CreateIndex
CREATE INDEX "moment_tenant_id_name_first_idx" ON "moment"("tenant_id", "name", "first");

-- CreateIndex
CREATE INDEX "event_tenant_id_id_idx" ON "event"("tenant_id", "id");

-- CreateIndex
CREATE INDEX "event_tenant_id_step_kind_id_idx" ON "event"("tenant_id", "step", "kind", "id");

-- CreateIndex
CREATE INDEX "word_tenant_id_step_key_id_idx" ON "word"("tenant_id", "step", "key", "id");

-- CreateIndex
CREATE INDEX "session_tenant_id_oid_idx" ON "session"("tenant_id", "oid");

-- AddForeignKey
ALTER TABLE "settings" ADD CONSTRAINT "settings_tenant_id_fkey" FOREIGN KEY ("tenant_id") REFERENCES "tenant"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "plan" ADD CONSTRAINT "plan_tenant_id_fkey" FOREIGN KEY ("tenant_id") REFERENCES "tenant"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "run" ADD CONSTRAINT "run_tenant_id_fkey" FOREIGN KEY ("tenant_id") REFERENCES "tenant"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "run" ADD CONSTRAINT "run_tenant_id_id_fkey" FOREIGN KEY ("tenant_id", "id") REFERENCES "plan"("tenant_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "entry" ADD CONSTRAINT "entry_tenant_id_fkey" FOREIGN KEY ("tenant_id") REFERENCES "tenant"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "entry" ADD CONSTRAINT "entry_tenant_id_run_id_fkey" FOREIGN KEY ("tenant_id", "run_id") REFERENCES "run"("tenant_id", "id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "moment" ADD CONSTRAINT "moment_tenant_id_fkey" FOREIGN KEY ("tenant_id") REFERENCES "tenant"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "event" ADD CONSTRAINT "event_tenant_id_fkey" FOREIGN KEY ("tenant_id") REFERENCES "tenant"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "word" ADD CONSTRAINT "word_tenant_id_fkey" FOREIGN KEY ("tenant_id") REFERENCES "tenant"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "watch" ADD CONSTRAINT "watch_tenant_id_fkey" FOREIGN KEY ("tenant_id") REFERENCES "tenant"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "invite" ADD CONSTRAINT "invite_tenant_id_fkey" FOREIGN KEY ("tenant_id") REFERENCES "tenant"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- Closed lists -------------------------------------------------------------------------------------------------------

ALTER TABLE "tenant" ADD CONSTRAINT "tenant_profile_known" CHECK ("profile" IN ('area1', 'cloudflare'));
ALTER TABLE "tenant" ADD CONSTRAINT "tenant_access_known" CHECK ("access" IN ('consent', 'without'));
ALTER TABLE "plan" ADD CONSTRAINT "plan_way_known" CHECK ("way" IN ('us', 'script', 'hand'));
ALTER TABLE "run" ADD CONSTRAINT "run_state_known" CHECK ("state" IN ('queued', 'running', 'needs-you', 'waiting', 'stopped', 'done', 'cancelled'));
ALTER TABLE "entry" ADD CONSTRAINT "entry_what_known" CHECK ("what" IN ('intent', 'done', 'found', 'asked', 'failed', 'unsure'));
ALTER TABLE "moment" ADD CONSTRAINT "moment_source_known" CHECK ("source" IN ('asked', 'upload'));
ALTER TABLE "watch" ADD CONSTRAINT "watch_state_known" CHECK ("state" IN ('watching', 'done', 'expired'));

-- One run a tenant at a time, whatever the application believes.
-- A run that waits for a person or a time holds nobody up: what it waits for may be another step's run.
CREATE UNIQUE INDEX "run_one_busy_a_tenant" ON "run" ("tenant_id") WHERE "state" IN ('queued', 'running');
CREATE INDEX "watch_due" ON "watch" ("due_at") WHERE "state" = 'watching';

-- Append-only: for everybody, the owner included ---------------------------------------------------------------------

CREATE FUNCTION cutover_refuse() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  RAISE EXCEPTION '% is append-only: % refused', TG_TABLE_NAME, TG_OP USING ERRCODE = 'restrict_violation';
END $$;

CREATE TRIGGER "plan_append_only" BEFORE UPDATE OR DELETE ON "plan" FOR EACH ROW EXECUTE FUNCTION cutover_refuse();
CREATE TRIGGER "entry_append_only" BEFORE UPDATE OR DELETE ON "entry" FOR EACH ROW EXECUTE FUNCTION cutover_refuse();
CREATE TRIGGER "event_append_only" BEFORE UPDATE OR DELETE ON "event" FOR EACH ROW EXECUTE FUNCTION cutover_refuse();
CREATE TRIGGER "word_append_only" BEFORE UPDATE OR DELETE ON "word" FOR EACH ROW EXECUTE FUNCTION cutover_refuse();
CREATE TRIGGER "plan_no_truncate" BEFORE TRUNCATE ON "plan" FOR EACH STATEMENT EXECUTE FUNCTION cutover_refuse();
CREATE TRIGGER "entry_no_truncate" BEFORE TRUNCATE ON "entry" FOR EACH STATEMENT EXECUTE FUNCTION cutover_refuse();
CREATE TRIGGER "event_no_truncate" BEFORE TRUNCATE ON "event" FOR EACH STATEMENT EXECUTE FUNCTION cutover_refuse();
CREATE TRIGGER "word_no_truncate" BEFORE TRUNCATE ON "word" FOR EACH STATEMENT EXECUTE FUNCTION cutover_refuse();

-- The walls ----------------------------------------------------------------------------------------------------------
-- The application connects as cutover_app, which owns nothing and cannot bypass row-level security. Every transaction says whose data it
-- may touch (set_config 'cutover.tenant'); unsaid, it sees nothing. A migration that adds a table gives it its wall in the same file.

DO $$ BEGIN
  CREATE ROLE cutover_app NOLOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOBYPASSRLS;
EXCEPTION
  -- Roles belong to the whole server: another database of it may have made this one, even at this moment.
  WHEN duplicate_object OR unique_violation THEN NULL;
END $$;
DO $$ BEGIN
  EXECUTE format('GRANT cutover_app TO %I', current_user);
EXCEPTION WHEN unique_violation THEN NULL;
END $$;

CREATE FUNCTION cutover_tenant() RETURNS uuid LANGUAGE sql STABLE AS $$ SELECT nullif(current_setting('cutover.tenant', true), '')::uuid $$;
CREATE FUNCTION cutover_reach() RETURNS text LANGUAGE sql STABLE AS $$ SELECT coalesce(current_setting('cutover.reach', true), '') $$;
CREATE FUNCTION cutover_session() RETURNS text LANGUAGE sql STABLE AS $$ SELECT nullif(current_setting('cutover.session', true), '') $$;

DO $$
DECLARE walled text;
BEGIN
  FOREACH walled IN ARRAY ARRAY['tenant', 'settings', 'plan', 'run', 'entry', 'moment', 'event', 'word', 'watch', 'session', 'invite', 'token_cache'] LOOP
    EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', walled);
    EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', walled);
    IF walled <> 'tenant' THEN
      EXECUTE format('CREATE POLICY own ON %I TO cutover_app USING (tenant_id = cutover_tenant()) WITH CHECK (tenant_id = cutover_tenant())', walled);
    END IF;
  END LOOP;
  -- Support's queue looks over all tenants, and only looks.
  FOREACH walled IN ARRAY ARRAY['tenant', 'settings', 'run', 'event', 'watch'] LOOP
    EXECUTE format('CREATE POLICY staff ON %I FOR SELECT TO cutover_app USING (cutover_reach() = ''staff'')', walled);
  END LOOP;
  -- Jobs find what is due, then go on in the scope of its tenant.
  FOREACH walled IN ARRAY ARRAY['run', 'watch'] LOOP
    EXECUTE format('CREATE POLICY system_look ON %I FOR SELECT TO cutover_app USING (cutover_reach() = ''system'')', walled);
    EXECUTE format('CREATE POLICY system_touch ON %I FOR UPDATE TO cutover_app USING (cutover_reach() = ''system'') WITH CHECK (cutover_reach() = ''system'')', walled);
  END LOOP;
END $$;
CREATE POLICY own ON "tenant" TO cutover_app USING ("id" = cutover_tenant()) WITH CHECK ("id" = cutover_tenant());
-- Whose session it is, is what the lookup is for: the hash of the cookie is the right to it.
CREATE POLICY by_hash_look ON "session" FOR SELECT TO cutover_app USING ("id_hash" = cutover_session());
CREATE POLICY by_hash_touch ON "session" FOR UPDATE TO cutover_app USING ("id_hash" = cutover_session()) WITH CHECK ("id_hash" = cutover_session());

DO $$ BEGIN EXECUTE format('GRANT USAGE ON SCHEMA %I TO cutover_app', current_schema()); END $$;
GRANT SELECT, INSERT, UPDATE ON "tenant", "run", "moment", "invite" TO cutover_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON "settings", "watch", "session", "token_cache" TO cutover_app;
GRANT SELECT, INSERT ON "plan", "entry", "event", "word" TO cutover_app;
GRANT USAGE ON SEQUENCE "entry_id_seq", "moment_id_seq", "event_id_seq", "word_id_seq" TO cutover_app;

-- The queue's door ---------------------------------------------------------------------------------------------------
-- A job commits with the row it is about. The queue itself belongs to the owner; this is the one way in, and a tenant's scope can
-- only ask for work on its own tenant.

CREATE FUNCTION cutover_enqueue(task text, payload json, job_key text DEFAULT NULL, max_attempts int DEFAULT NULL) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF coalesce(current_setting('cutover.reach', true), '') <> 'system'
    AND payload ->> 'tenant' IS DISTINCT FROM nullif(current_setting('cutover.tenant', true), '') THEN
    RAISE EXCEPTION 'a job is about the tenant in scope' USING ERRCODE = 'insufficient_privilege';
  END IF;
  PERFORM graphile_worker.add_job(
    identifier => cutover_enqueue.task, payload => cutover_enqueue.payload,
    job_key => cutover_enqueue.job_key, max_attempts => cutover_enqueue.max_attempts
  );
END $$;
REVOKE ALL ON FUNCTION cutover_enqueue(text, json, text, int) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION cutover_enqueue(text, json, text, int) TO cutover_app;

-- For the health page: how many workers are connected, how many jobs wait and the longest for how long.
CREATE FUNCTION cutover_queue(OUT workers int, OUT waiting int, OUT oldest_seconds double precision)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  SELECT count(*) INTO workers FROM pg_stat_activity WHERE datname = current_database() AND application_name = 'cutover-worker';
  SELECT count(*), coalesce(extract(epoch FROM now() - min(run_at)), 0) INTO waiting, oldest_seconds
  FROM graphile_worker.jobs WHERE run_at <= now() AND locked_at IS NULL AND attempts < max_attempts;
END $$;
REVOKE ALL ON FUNCTION cutover_queue() FROM PUBLIC;
GRANT EXECUTE ON FUNCTION cutover_queue() TO cutover_app;

-- Live pages: whoever listens hears which tenant moved, and reads what moved under its own scope.
CREATE FUNCTION cutover_tell() RETURNS trigger LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  PERFORM pg_notify('cutover', NEW.tenant_id::text);
  RETURN NULL;
END $$;
CREATE TRIGGER "run_tell" AFTER INSERT OR UPDATE ON "run" FOR EACH ROW EXECUTE FUNCTION cutover_tell();
CREATE TRIGGER "entry_tell" AFTER INSERT ON "entry" FOR EACH ROW EXECUTE FUNCTION cutover_tell();
CREATE TRIGGER "event_tell" AFTER INSERT ON "event" FOR EACH ROW EXECUTE FUNCTION cutover_tell();
CREATE TRIGGER "watch_tell" AFTER INSERT OR UPDATE ON "watch" FOR EACH ROW EXECUTE FUNCTION cutover_tell();
