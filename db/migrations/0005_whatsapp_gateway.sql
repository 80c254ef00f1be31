-- The WhatsApp gateway: its sealed keys, what it sent, how it is. Nothing here names an office.
CREATE TABLE "wa_creds" (
	"gateway" text PRIMARY KEY NOT NULL,
	"sealed" "bytea" NOT NULL
);
--> statement-breakpoint
CREATE TABLE "wa_epochs" (
	"gateway" text PRIMARY KEY NOT NULL,
	"epoch" bigint NOT NULL
);
--> statement-breakpoint
CREATE TABLE "wa_gateway" (
	"gateway" text PRIMARY KEY NOT NULL,
	"state" text NOT NULL,
	"why" text,
	"number" text,
	"since" timestamp (3) with time zone NOT NULL,
	"beat_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "wa_gateway_state" CHECK ("wa_gateway"."state" in ('open', 'connecting', 'unpaired', 'restricted'))
);
--> statement-breakpoint
CREATE TABLE "wa_keys" (
	"gateway" text NOT NULL,
	"type" text NOT NULL,
	"id" text NOT NULL,
	"sealed" "bytea" NOT NULL,
	CONSTRAINT "wa_keys_gateway_type_id_pk" PRIMARY KEY("gateway","type","id")
);
--> statement-breakpoint
CREATE TABLE "wa_sent" (
	"gateway" text NOT NULL,
	"id" text NOT NULL,
	"sealed" "bytea" NOT NULL,
	"sent_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "wa_sent_gateway_id_pk" PRIMARY KEY("gateway","id")
);
--> statement-breakpoint
CREATE INDEX "wa_sent_age" ON "wa_sent" USING btree ("sent_at");
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE, DELETE ON wa_epochs, wa_creds, wa_keys, wa_sent, wa_gateway TO alur_app;
--> statement-breakpoint
-- Files are fetched by the process that holds their channel.
GRANT SELECT (file) ON media TO alur_lookup;
--> statement-breakpoint
CREATE FUNCTION alur_pending_media(at_most integer, of_channels jsonb) RETURNS SETOF text LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT m.id FROM media m WHERE m.state = 'pending' AND of_channels ? (m.file ->> 'channel') ORDER BY m.at, m.id LIMIT at_most
$$;
--> statement-breakpoint
CREATE FUNCTION alur_channel_of_media(of_media text) RETURNS text LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT m.file ->> 'channel' FROM media m WHERE m.id = of_media
$$;
--> statement-breakpoint
DROP FUNCTION alur_pending_media(integer);
--> statement-breakpoint
GRANT CREATE ON SCHEMA public TO alur_lookup;
--> statement-breakpoint
REVOKE ALL ON FUNCTION alur_pending_media(integer, jsonb) FROM PUBLIC;
--> statement-breakpoint
GRANT EXECUTE ON FUNCTION alur_pending_media(integer, jsonb) TO alur_app;
--> statement-breakpoint
ALTER FUNCTION alur_pending_media(integer, jsonb) OWNER TO alur_lookup;
--> statement-breakpoint
REVOKE ALL ON FUNCTION alur_channel_of_media(text) FROM PUBLIC;
--> statement-breakpoint
GRANT EXECUTE ON FUNCTION alur_channel_of_media(text) TO alur_app;
--> statement-breakpoint
ALTER FUNCTION alur_channel_of_media(text) OWNER TO alur_lookup;
--> statement-breakpoint
REVOKE CREATE ON SCHEMA public FROM alur_lookup;
