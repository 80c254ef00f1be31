-- A case that was given out as a task runs before anything of it has a number.
ALTER TABLE "cases" DROP CONSTRAINT "cases_number_of_status";--> statement-breakpoint
ALTER TABLE "cases" ADD CONSTRAINT "cases_number_of_status" CHECK (case "cases"."status" when 'draft' then "cases"."number" is null when 'withdrawn' then true when 'running' then "cases"."number" is not null or "cases"."body" #>> '{state,status}' = 'making' else "cases"."number" is not null end);--> statement-breakpoint
-- A channel may be left out; then a reason stands where the proof would.
ALTER TABLE "publications" ADD COLUMN "waived" text;--> statement-breakpoint
ALTER TABLE "publications" DROP CONSTRAINT "publications_proved";--> statement-breakpoint
ALTER TABLE "publications" ADD CONSTRAINT "publications_proved" CHECK ("publications"."link" is not null or "publications"."proof_sha256" is not null or length("publications"."waived") > 0);
