CREATE TABLE "office_timers" (
	"office" text NOT NULL,
	"what" text NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"since" timestamp (3) with time zone,
	CONSTRAINT "office_timers_office_what_pk" PRIMARY KEY("office","what"),
	CONSTRAINT "office_timers_what" CHECK ("office_timers"."what" in ('deputies', 'catch-up', 'daily', 'calendar', 'chain-head'))
);
--> statement-breakpoint
ALTER TABLE "office_timers" ADD CONSTRAINT "office_timers_office_offices_office_fk" FOREIGN KEY ("office") REFERENCES "public"."offices"("office") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE, DELETE ON office_timers TO alur_app;
--> statement-breakpoint
ALTER TABLE office_timers ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE office_timers FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY office_timers_of_the_office ON office_timers TO alur_app
  USING (office = NULLIF(current_setting('alur.office', true), ''))
  WITH CHECK (office = NULLIF(current_setting('alur.office', true), ''));
--> statement-breakpoint
-- Which offices want to be woken, and when: asked before an office is known.
GRANT SELECT (office, what, at) ON office_timers TO alur_lookup;
--> statement-breakpoint
CREATE POLICY office_timers_looked_up ON office_timers FOR SELECT TO alur_lookup USING (true);
--> statement-breakpoint
CREATE FUNCTION alur_office_timers(at_most integer) RETURNS TABLE (office text, what text, at timestamptz) LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT t.office, t.what, t.at FROM office_timers t JOIN offices o ON o.office = t.office AND o.active ORDER BY t.at, t.office, t.what LIMIT at_most
$$;
--> statement-breakpoint
GRANT CREATE ON SCHEMA public TO alur_lookup;
--> statement-breakpoint
REVOKE ALL ON FUNCTION alur_office_timers(integer) FROM PUBLIC;
--> statement-breakpoint
GRANT EXECUTE ON FUNCTION alur_office_timers(integer) TO alur_app;
--> statement-breakpoint
ALTER FUNCTION alur_office_timers(integer) OWNER TO alur_lookup;
--> statement-breakpoint
REVOKE CREATE ON SCHEMA public FROM alur_lookup;
