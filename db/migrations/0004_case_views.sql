CREATE TABLE "case_views" (
	"office" text NOT NULL,
	"case" uuid NOT NULL,
	"step" text NOT NULL,
	"round" integer NOT NULL,
	"person" text NOT NULL,
	"sent_at" timestamp (3) with time zone,
	"delivered_at" timestamp (3) with time zone,
	"opened_at" timestamp (3) with time zone,
	CONSTRAINT "case_views_case_step_round_person_pk" PRIMARY KEY("case","step","round","person"),
	CONSTRAINT "case_views_something" CHECK (coalesce("case_views"."sent_at", "case_views"."delivered_at", "case_views"."opened_at") is not null)
);
--> statement-breakpoint
ALTER TABLE "case_views" ADD CONSTRAINT "case_views_office_person_people_office_person_fk" FOREIGN KEY ("office","person") REFERENCES "public"."people"("office","person") ON DELETE no action ON UPDATE no action;
--> statement-breakpoint
ALTER TABLE case_views ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE case_views FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY case_views_of_the_office ON case_views TO alur_app
  USING (office = NULLIF(current_setting('alur.office', true), ''))
  WITH CHECK (office = NULLIF(current_setting('alur.office', true), ''));
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE ON case_views TO alur_app;
--> statement-breakpoint
-- Deliveries are settled in the order of a chat, before any office is known: what a settled card means is written by the role that looks across offices.
GRANT SELECT, INSERT, UPDATE (sent_at, delivered_at) ON case_views TO alur_lookup;
--> statement-breakpoint
GRANT SELECT (channel, chat, key, message) ON cards TO alur_lookup;
--> statement-breakpoint
CREATE POLICY case_views_looked_up ON case_views TO alur_lookup USING (true) WITH CHECK (true);
--> statement-breakpoint
-- The first time counts: a card that is brought up to date was sent before.
CREATE FUNCTION alur_card_sent(of_case uuid, of_step text, of_round integer, in_channel text, in_chat text, sent timestamptz) RETURNS void LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  INSERT INTO case_views (office, "case", step, round, person, sent_at)
  SELECT DISTINCT c.office, c.id, of_step, of_round, b.person, sent
  FROM cases c JOIN bindings b ON b.office = c.office AND b.channel = in_channel AND b.chat = in_chat
  WHERE c.id = of_case
  ON CONFLICT ("case", step, round, person) DO UPDATE SET sent_at = coalesce(case_views.sent_at, excluded.sent_at)
$$;
--> statement-breakpoint
CREATE FUNCTION alur_delivered(in_channel text, in_chat text, which text[], at timestamptz) RETURNS void LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  UPDATE case_views v SET delivered_at = at
  FROM cards c JOIN bindings b ON b.channel = c.channel AND b.chat = c.chat
  WHERE c.channel = in_channel AND c.chat = in_chat AND c.message = ANY (which)
    AND v."case" = CASE WHEN c.key LIKE 'step/%' THEN split_part(c.key, '/', 2)::uuid END
    AND c.key = concat_ws('/', 'step', v."case"::text, v.step, v.round::text)
    AND v.office = b.office AND v.person = b.person AND v.delivered_at IS NULL
$$;
--> statement-breakpoint
GRANT CREATE ON SCHEMA public TO alur_lookup;
--> statement-breakpoint
REVOKE ALL ON FUNCTION alur_card_sent(uuid, text, integer, text, text, timestamptz) FROM PUBLIC;
--> statement-breakpoint
GRANT EXECUTE ON FUNCTION alur_card_sent(uuid, text, integer, text, text, timestamptz) TO alur_app;
--> statement-breakpoint
ALTER FUNCTION alur_card_sent(uuid, text, integer, text, text, timestamptz) OWNER TO alur_lookup;
--> statement-breakpoint
REVOKE ALL ON FUNCTION alur_delivered(text, text, text[], timestamptz) FROM PUBLIC;
--> statement-breakpoint
GRANT EXECUTE ON FUNCTION alur_delivered(text, text, text[], timestamptz) TO alur_app;
--> statement-breakpoint
ALTER FUNCTION alur_delivered(text, text, text[], timestamptz) OWNER TO alur_lookup;
--> statement-breakpoint
REVOKE CREATE ON SCHEMA public FROM alur_lookup;
