CREATE TABLE "aliases" (
	"channel" text NOT NULL,
	"alias" text NOT NULL,
	"account" text NOT NULL,
	"learnt_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "aliases_channel_alias_pk" PRIMARY KEY("channel","alias")
);
--> statement-breakpoint
CREATE TABLE "choices" (
	"channel" text NOT NULL,
	"chat" text NOT NULL,
	"message" text NOT NULL,
	"place" bigserial NOT NULL,
	"poll" text,
	"card_key" text,
	"named" jsonb NOT NULL,
	"serial" integer,
	"numbered" boolean NOT NULL,
	"standing" boolean NOT NULL,
	"choices" jsonb NOT NULL,
	"votes" jsonb DEFAULT '{}'::jsonb NOT NULL,
	CONSTRAINT "choices_channel_chat_message_pk" PRIMARY KEY("channel","chat","message")
);
--> statement-breakpoint
CREATE TABLE "strangers" (
	"channel" text NOT NULL,
	"account" text NOT NULL,
	"told_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "strangers_channel_account_pk" PRIMARY KEY("channel","account")
);
--> statement-breakpoint
CREATE INDEX "choices_of_chat" ON "choices" USING btree ("channel","chat","place");--> statement-breakpoint
CREATE INDEX "choices_standing" ON "choices" USING btree ("channel","chat") WHERE "choices"."standing";--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE, DELETE ON choices, aliases, strangers TO alur_app;
--> statement-breakpoint
GRANT USAGE ON SEQUENCE choices_place_seq TO alur_app;
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE ON aliases TO alur_lookup;
--> statement-breakpoint
GRANT UPDATE (account) ON bindings TO alur_lookup;
--> statement-breakpoint
-- Who this is, by the one id that everything else is kept under. A new alias takes along what was bound to it before anybody knew whose it is.
CREATE FUNCTION alur_identify(of_channel text, of_account text, of_alias text, at timestamptz) RETURNS text LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  IF of_alias IS NULL THEN
    RETURN coalesce((SELECT a.account FROM aliases a WHERE a.channel = of_channel AND a.alias = of_account), of_account);
  END IF;
  INSERT INTO aliases (channel, alias, account, learnt_at) VALUES (of_channel, of_alias, of_account, at)
  ON CONFLICT (channel, alias) DO UPDATE SET account = excluded.account, learnt_at = excluded.learnt_at WHERE aliases.account <> excluded.account;
  IF FOUND THEN
    UPDATE bindings b SET account = of_account, chat = of_account
    WHERE b.channel = of_channel AND b.account = of_alias
    AND NOT EXISTS (SELECT FROM bindings o WHERE o.office = b.office AND o.channel = b.channel AND o.account = of_account);
  END IF;
  RETURN of_account;
END
$$;
--> statement-breakpoint
GRANT CREATE ON SCHEMA public TO alur_lookup;
--> statement-breakpoint
REVOKE ALL ON FUNCTION alur_identify(text, text, text, timestamptz) FROM PUBLIC;
--> statement-breakpoint
GRANT EXECUTE ON FUNCTION alur_identify(text, text, text, timestamptz) TO alur_app;
--> statement-breakpoint
ALTER FUNCTION alur_identify(text, text, text, timestamptz) OWNER TO alur_lookup;
--> statement-breakpoint
REVOKE CREATE ON SCHEMA public FROM alur_lookup;
