CREATE TABLE "deputies" (
	"id" uuid PRIMARY KEY NOT NULL,
	"office" text NOT NULL,
	"kind" text NOT NULL,
	"deputy" text NOT NULL,
	"principal" text NOT NULL,
	"roles" text[] NOT NULL,
	"from_day" date NOT NULL,
	"until_day" date,
	"set_at" timestamp (3) with time zone NOT NULL,
	"ended_at" timestamp (3) with time zone,
	"ended_by" text,
	CONSTRAINT "deputies_kind" CHECK ("deputies"."kind" in ('plt', 'plh')),
	CONSTRAINT "deputies_of_another" CHECK ("deputies"."deputy" <> "deputies"."principal"),
	CONSTRAINT "deputies_with_roles" CHECK (cardinality("deputies"."roles") > 0),
	CONSTRAINT "deputies_in_order" CHECK ("deputies"."until_day" is null or "deputies"."from_day" <= "deputies"."until_day"),
	CONSTRAINT "deputies_ended" CHECK (("deputies"."ended_at" is null) = ("deputies"."ended_by" is null))
);
--> statement-breakpoint
ALTER TABLE "conversations" ADD COLUMN "deputy" jsonb;--> statement-breakpoint
ALTER TABLE "deputies" ADD CONSTRAINT "deputies_office_deputy_people_office_person_fk" FOREIGN KEY ("office","deputy") REFERENCES "public"."people"("office","person") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "deputies" ADD CONSTRAINT "deputies_office_principal_people_office_person_fk" FOREIGN KEY ("office","principal") REFERENCES "public"."people"("office","person") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "deputies_in_force" ON "deputies" USING btree ("office") WHERE "deputies"."ended_at" is null;
--> statement-breakpoint
-- What was set stays; only its end may be added, once.
GRANT SELECT, INSERT, UPDATE (ended_at, ended_by) ON deputies TO alur_app;
--> statement-breakpoint
ALTER TABLE deputies ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE deputies FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY deputies_of_the_office ON deputies TO alur_app
  USING (office = NULLIF(current_setting('alur.office', true), ''))
  WITH CHECK (office = NULLIF(current_setting('alur.office', true), ''));
--> statement-breakpoint
CREATE TRIGGER deputies_stay BEFORE UPDATE ON deputies FOR EACH ROW
  WHEN (OLD.ended_at IS NOT NULL OR (to_jsonb(NEW) - 'ended_at' - 'ended_by') IS DISTINCT FROM (to_jsonb(OLD) - 'ended_at' - 'ended_by'))
  EXECUTE FUNCTION alur_forbid();
--> statement-breakpoint
CREATE TRIGGER deputies_stay_all BEFORE DELETE OR TRUNCATE ON deputies FOR EACH STATEMENT EXECUTE FUNCTION alur_forbid();
--> statement-breakpoint
-- Who has no role of his own may act for somebody who has: that is looked at in the office itself.
CREATE OR REPLACE FUNCTION alur_memberships(of_channel text, of_account text) RETURNS TABLE (office text, person text, version integer) LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT b.office, b.person, o.version
  FROM bindings b
  JOIN people p ON p.office = b.office AND p.person = b.person AND p.gone_at IS NULL
  JOIN offices o ON o.office = b.office AND o.active
  WHERE b.channel = of_channel AND b.account = of_account
  ORDER BY b.office
$$;
