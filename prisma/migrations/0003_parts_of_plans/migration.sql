-- A plan may be about several steps: each part has its step, settings and changes.
ALTER TABLE "plan" ADD COLUMN "parts" JSONB;
-- Row-level security holds for the owner too, who says no tenant here: it would update nothing.
ALTER TABLE "plan" NO FORCE ROW LEVEL SECURITY;
ALTER TABLE "plan" DISABLE TRIGGER "plan_append_only";
UPDATE "plan" SET "parts" = jsonb_build_object('v', 1, 'value', jsonb_build_array(
  jsonb_build_object('step', "step", 'settings', "settings" -> 'value', 'changes', "changes" -> 'value')));
ALTER TABLE "plan" ENABLE TRIGGER "plan_append_only";
ALTER TABLE "plan" FORCE ROW LEVEL SECURITY;
ALTER TABLE "plan" ALTER COLUMN "parts" SET NOT NULL;
ALTER TABLE "plan" DROP COLUMN "step", DROP COLUMN "settings", DROP COLUMN "changes";
