CREATE TABLE "albums" (
	"channel" text NOT NULL,
	"chat" text NOT NULL,
	"album" text NOT NULL,
	"case" uuid NOT NULL,
	CONSTRAINT "albums_channel_chat_album_pk" PRIMARY KEY("channel","chat","album")
);
--> statement-breakpoint
CREATE TABLE "cases" (
	"id" uuid PRIMARY KEY NOT NULL,
	"office" text NOT NULL,
	"sop" text NOT NULL,
	"sop_version" text NOT NULL,
	"maker" text NOT NULL,
	"status" text NOT NULL,
	"step" text,
	"round" integer,
	"due_at" timestamp (3) with time zone,
	"number" text,
	"number_year" integer,
	"number_serial" integer,
	"title" text,
	"event_date" date,
	"home_channel" text NOT NULL,
	"home_chat" text NOT NULL,
	"opened_at" timestamp (3) with time zone NOT NULL,
	"handed_in_at" timestamp (3) with time zone,
	"body" jsonb NOT NULL,
	"generation" integer NOT NULL,
	CONSTRAINT "cases_office_id" UNIQUE("office","id"),
	CONSTRAINT "cases_serial_once" UNIQUE("office","number_year","number_serial"),
	CONSTRAINT "cases_number_once" UNIQUE("office","number"),
	CONSTRAINT "cases_status" CHECK ("cases"."status" in ('draft', 'returned', 'running', 'approved', 'published', 'withdrawn')),
	CONSTRAINT "cases_at_step" CHECK (("cases"."status" in ('published', 'withdrawn')) = ("cases"."step" is null) and ("cases"."step" is null) = ("cases"."round" is null)),
	CONSTRAINT "cases_number_whole" CHECK (("cases"."number" is null) = ("cases"."number_year" is null) and ("cases"."number" is null) = ("cases"."number_serial" is null)),
	CONSTRAINT "cases_number_from_hand_in" CHECK (("cases"."number" is null) = ("cases"."handed_in_at" is null)),
	CONSTRAINT "cases_number_of_status" CHECK (case "cases"."status" when 'draft' then "cases"."number" is null when 'withdrawn' then true else "cases"."number" is not null end)
);
--> statement-breakpoint
CREATE TABLE "decisions" (
	"office" text NOT NULL,
	"case" uuid NOT NULL,
	"step" text NOT NULL,
	"round" integer NOT NULL,
	"revision" integer NOT NULL,
	"hash" text NOT NULL,
	"role" text NOT NULL,
	"person" text NOT NULL,
	"on_behalf_of" text,
	"verdict" text NOT NULL,
	"note" text NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"sole" boolean NOT NULL,
	CONSTRAINT "decisions_case_step_round_person_pk" PRIMARY KEY("case","step","round","person"),
	CONSTRAINT "decisions_verdict" CHECK ("decisions"."verdict" in ('receive', 'accept', 'reject')),
	CONSTRAINT "decisions_rejection_with_reason" CHECK ("decisions"."verdict" <> 'reject' or length("decisions"."note") > 0)
);
--> statement-breakpoint
CREATE TABLE "media" (
	"id" text PRIMARY KEY NOT NULL,
	"office" text NOT NULL,
	"case" uuid NOT NULL,
	"kind" text NOT NULL,
	"state" text NOT NULL,
	"sha256" text,
	"bytes" bigint,
	"mime" text,
	"file" jsonb NOT NULL,
	"name" text,
	"at" timestamp (3) with time zone NOT NULL,
	"attempts" integer DEFAULT 0 NOT NULL,
	"tried_at" timestamp (3) with time zone,
	CONSTRAINT "media_state" CHECK ("media"."state" in ('pending', 'kept', 'doubled', 'refused', 'dropped')),
	CONSTRAINT "media_kept_with_hash" CHECK ("media"."state" <> 'kept' or ("media"."sha256" is not null and "media"."bytes" is not null and "media"."mime" is not null))
);
--> statement-breakpoint
CREATE TABLE "publications" (
	"office" text NOT NULL,
	"case" uuid NOT NULL,
	"step" text NOT NULL,
	"channel" text NOT NULL,
	"link" text,
	"proof_sha256" text,
	"proof_bytes" bigint,
	"person" text NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "publications_case_step_channel_pk" PRIMARY KEY("case","step","channel"),
	CONSTRAINT "publications_proved" CHECK ("publications"."link" is not null or "publications"."proof_sha256" is not null)
);
--> statement-breakpoint
CREATE TABLE "register_counters" (
	"office" text NOT NULL,
	"year" integer NOT NULL,
	"last" integer NOT NULL,
	CONSTRAINT "register_counters_office_year_pk" PRIMARY KEY("office","year")
);
--> statement-breakpoint
CREATE TABLE "revisions" (
	"office" text NOT NULL,
	"case" uuid NOT NULL,
	"revision" integer NOT NULL,
	"hash" text NOT NULL,
	"by" text NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"body" jsonb NOT NULL,
	CONSTRAINT "revisions_case_revision_pk" PRIMARY KEY("case","revision")
);
--> statement-breakpoint
CREATE TABLE "text_sources" (
	"channel" text NOT NULL,
	"chat" text NOT NULL,
	"message" text NOT NULL,
	"case" uuid NOT NULL,
	CONSTRAINT "text_sources_channel_chat_message_pk" PRIMARY KEY("channel","chat","message")
);
--> statement-breakpoint
CREATE TABLE "chain_heads" (
	"office" text PRIMARY KEY NOT NULL,
	"seq" bigint NOT NULL,
	"hash" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "events" (
	"office" text NOT NULL,
	"seq" bigint NOT NULL,
	"case" uuid NOT NULL,
	"type" text NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"by" text NOT NULL,
	"body" jsonb NOT NULL,
	"prev_hash" text NOT NULL,
	"hash" text NOT NULL,
	CONSTRAINT "events_office_seq_pk" PRIMARY KEY("office","seq"),
	CONSTRAINT "events_no_fork" UNIQUE("office","prev_hash")
);
--> statement-breakpoint
CREATE TABLE "refusals" (
	"id" bigserial PRIMARY KEY NOT NULL,
	"office" text,
	"case" uuid,
	"account" text NOT NULL,
	"person" text,
	"refused" text NOT NULL,
	"wanted" text NOT NULL,
	"at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "unreachable_told" (
	"office" text NOT NULL,
	"case" text NOT NULL,
	"person" text NOT NULL,
	CONSTRAINT "unreachable_told_office_case_person_pk" PRIMARY KEY("office","case","person")
);
--> statement-breakpoint
CREATE TABLE "conversations" (
	"channel" text NOT NULL,
	"chat" text NOT NULL,
	"account" text NOT NULL,
	"focus" uuid,
	"asking" jsonb,
	CONSTRAINT "conversations_channel_chat_account_pk" PRIMARY KEY("channel","chat","account")
);
--> statement-breakpoint
CREATE TABLE "inbox" (
	"id" bigserial PRIMARY KEY NOT NULL,
	"channel" text NOT NULL,
	"account" text NOT NULL,
	"external_id" text NOT NULL,
	"lane" text NOT NULL,
	"tap" boolean NOT NULL,
	"body" jsonb NOT NULL,
	"received_at" timestamp (3) with time zone NOT NULL,
	"attempts" integer DEFAULT 0 NOT NULL,
	"ended_at" timestamp (3) with time zone,
	"ending" text,
	CONSTRAINT "inbox_once" UNIQUE("channel","account","external_id"),
	CONSTRAINT "inbox_ending" CHECK ("inbox"."ending" in ('done', 'ignored', 'dead')),
	CONSTRAINT "inbox_ended" CHECK (("inbox"."ending" is null) = ("inbox"."ended_at" is null))
);
--> statement-breakpoint
CREATE TABLE "settings" (
	"key" text PRIMARY KEY NOT NULL,
	"value" text NOT NULL
);
--> statement-breakpoint
CREATE TABLE "bindings" (
	"office" text NOT NULL,
	"channel" text NOT NULL,
	"account" text NOT NULL,
	"person" text NOT NULL,
	"chat" text,
	"last_used" timestamp (3) with time zone,
	"reachable" boolean NOT NULL,
	"by" text NOT NULL,
	CONSTRAINT "bindings_office_channel_account_pk" PRIMARY KEY("office","channel","account"),
	CONSTRAINT "bindings_by" CHECK ("bindings"."by" in ('file', 'invitation'))
);
--> statement-breakpoint
CREATE TABLE "invitation_guesses" (
	"id" bigserial PRIMARY KEY NOT NULL,
	"channel" text NOT NULL,
	"account" text NOT NULL,
	"at" timestamp (3) with time zone NOT NULL
);
--> statement-breakpoint
CREATE TABLE "invitations" (
	"code" text PRIMARY KEY NOT NULL,
	"office" text NOT NULL,
	"person" text NOT NULL,
	"expires_at" timestamp (3) with time zone NOT NULL,
	"used_at" timestamp (3) with time zone,
	"used_by" text,
	CONSTRAINT "invitations_used" CHECK (("invitations"."used_at" is null) = ("invitations"."used_by" is null))
);
--> statement-breakpoint
CREATE TABLE "office_sops" (
	"office" text NOT NULL,
	"position" integer NOT NULL,
	"sop" text NOT NULL,
	"version" text NOT NULL,
	CONSTRAINT "office_sops_office_position_pk" PRIMARY KEY("office","position")
);
--> statement-breakpoint
CREATE TABLE "offices" (
	"office" text PRIMARY KEY NOT NULL,
	"file" jsonb NOT NULL,
	"version" integer NOT NULL,
	"applied_at" timestamp (3) with time zone NOT NULL,
	"active" boolean NOT NULL
);
--> statement-breakpoint
CREATE TABLE "people" (
	"office" text NOT NULL,
	"person" text NOT NULL,
	"name" text NOT NULL,
	"roles" text[] NOT NULL,
	"gone_at" timestamp (3) with time zone,
	CONSTRAINT "people_office_person_pk" PRIMARY KEY("office","person"),
	CONSTRAINT "people_gone_without_role" CHECK ("people"."gone_at" is null or cardinality("people"."roles") = 0)
);
--> statement-breakpoint
CREATE TABLE "sops" (
	"id" text NOT NULL,
	"version" text NOT NULL,
	"body" jsonb NOT NULL,
	"added_at" timestamp (3) with time zone NOT NULL,
	CONSTRAINT "sops_id_version_pk" PRIMARY KEY("id","version")
);
--> statement-breakpoint
CREATE TABLE "album_messages" (
	"channel" text NOT NULL,
	"chat" text NOT NULL,
	"key" text NOT NULL,
	"message" text NOT NULL,
	CONSTRAINT "album_messages_channel_chat_key_pk" PRIMARY KEY("channel","chat","key")
);
--> statement-breakpoint
CREATE TABLE "cards" (
	"channel" text NOT NULL,
	"chat" text NOT NULL,
	"key" text NOT NULL,
	"message" text NOT NULL,
	"hash" text NOT NULL,
	"recipient" jsonb NOT NULL,
	CONSTRAINT "cards_channel_chat_key_pk" PRIMARY KEY("channel","chat","key")
);
--> statement-breakpoint
CREATE TABLE "outbox" (
	"id" bigserial PRIMARY KEY NOT NULL,
	"sender" text,
	"channel" text NOT NULL,
	"chat" text NOT NULL,
	"kind" text NOT NULL,
	"card_key" text,
	"body" jsonb NOT NULL,
	"created_at" timestamp (3) with time zone NOT NULL,
	"not_before" timestamp (3) with time zone,
	"leased_until" timestamp (3) with time zone,
	"attempts" integer DEFAULT 0 NOT NULL,
	"ended_at" timestamp (3) with time zone,
	"ending" text,
	"why" text,
	"messages" text[],
	CONSTRAINT "outbox_kind" CHECK ("outbox"."kind" in ('say', 'show', 'album', 'text', 'answer')),
	CONSTRAINT "outbox_card_with_key" CHECK ("outbox"."kind" not in ('show', 'album') or "outbox"."card_key" is not null),
	CONSTRAINT "outbox_ending" CHECK ("outbox"."ending" in ('sent', 'needless', 'refused', 'unreachable')),
	CONSTRAINT "outbox_ended" CHECK (("outbox"."ending" is null) = ("outbox"."ended_at" is null))
);
--> statement-breakpoint
CREATE TABLE "timers" (
	"id" bigserial PRIMARY KEY NOT NULL,
	"office" text NOT NULL,
	"case" uuid NOT NULL,
	"step" text NOT NULL,
	"round" integer NOT NULL,
	"rung" text NOT NULL,
	"at" timestamp (3) with time zone NOT NULL,
	"due" timestamp (3) with time zone NOT NULL,
	"told_at" timestamp (3) with time zone,
	CONSTRAINT "timers_once" UNIQUE("case","step","round","rung")
);
--> statement-breakpoint
ALTER TABLE "cases" ADD CONSTRAINT "cases_office_offices_office_fk" FOREIGN KEY ("office") REFERENCES "public"."offices"("office") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "cases" ADD CONSTRAINT "cases_sop_sop_version_sops_id_version_fk" FOREIGN KEY ("sop","sop_version") REFERENCES "public"."sops"("id","version") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "cases" ADD CONSTRAINT "cases_office_maker_people_office_person_fk" FOREIGN KEY ("office","maker") REFERENCES "public"."people"("office","person") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "decisions" ADD CONSTRAINT "decisions_office_case_cases_office_id_fk" FOREIGN KEY ("office","case") REFERENCES "public"."cases"("office","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "decisions" ADD CONSTRAINT "decisions_office_person_people_office_person_fk" FOREIGN KEY ("office","person") REFERENCES "public"."people"("office","person") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "decisions" ADD CONSTRAINT "decisions_case_revision_revisions_case_revision_fk" FOREIGN KEY ("case","revision") REFERENCES "public"."revisions"("case","revision") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "media" ADD CONSTRAINT "media_office_case_cases_office_id_fk" FOREIGN KEY ("office","case") REFERENCES "public"."cases"("office","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "publications" ADD CONSTRAINT "publications_office_case_cases_office_id_fk" FOREIGN KEY ("office","case") REFERENCES "public"."cases"("office","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "revisions" ADD CONSTRAINT "revisions_office_case_cases_office_id_fk" FOREIGN KEY ("office","case") REFERENCES "public"."cases"("office","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "chain_heads" ADD CONSTRAINT "chain_heads_office_offices_office_fk" FOREIGN KEY ("office") REFERENCES "public"."offices"("office") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "events" ADD CONSTRAINT "events_office_case_cases_office_id_fk" FOREIGN KEY ("office","case") REFERENCES "public"."cases"("office","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "bindings" ADD CONSTRAINT "bindings_office_person_people_office_person_fk" FOREIGN KEY ("office","person") REFERENCES "public"."people"("office","person") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "invitations" ADD CONSTRAINT "invitations_office_person_people_office_person_fk" FOREIGN KEY ("office","person") REFERENCES "public"."people"("office","person") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "office_sops" ADD CONSTRAINT "office_sops_office_offices_office_fk" FOREIGN KEY ("office") REFERENCES "public"."offices"("office") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "office_sops" ADD CONSTRAINT "office_sops_sop_version_sops_id_version_fk" FOREIGN KEY ("sop","version") REFERENCES "public"."sops"("id","version") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "people" ADD CONSTRAINT "people_office_offices_office_fk" FOREIGN KEY ("office") REFERENCES "public"."offices"("office") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "timers" ADD CONSTRAINT "timers_office_case_cases_office_id_fk" FOREIGN KEY ("office","case") REFERENCES "public"."cases"("office","id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "cases_one_draft_per_chat" ON "cases" USING btree ("home_channel","home_chat") WHERE "cases"."status" = 'draft';--> statement-breakpoint
CREATE INDEX "cases_open" ON "cases" USING btree ("office","due_at") WHERE "cases"."status" in ('draft', 'returned', 'running', 'approved');--> statement-breakpoint
CREATE INDEX "cases_of_maker" ON "cases" USING btree ("office","maker");--> statement-breakpoint
CREATE INDEX "cases_by_number" ON "cases" USING btree ("number");--> statement-breakpoint
CREATE INDEX "cases_register" ON "cases" USING btree ("office","handed_in_at");--> statement-breakpoint
CREATE UNIQUE INDEX "decisions_one_for_any" ON "decisions" USING btree ("case","step","round") WHERE "decisions"."sole";--> statement-breakpoint
CREATE UNIQUE INDEX "decisions_one_rejection" ON "decisions" USING btree ("case","step","round") WHERE "decisions"."verdict" = 'reject';--> statement-breakpoint
CREATE INDEX "media_of_case" ON "media" USING btree ("case");--> statement-breakpoint
CREATE INDEX "media_waiting" ON "media" USING btree ("at") WHERE "media"."state" = 'pending';--> statement-breakpoint
CREATE INDEX "events_of_case" ON "events" USING btree ("case","seq");--> statement-breakpoint
CREATE INDEX "refusals_at" ON "refusals" USING btree ("office","at");--> statement-breakpoint
CREATE INDEX "inbox_waiting" ON "inbox" USING btree ("lane","id") WHERE "inbox"."ended_at" is null;--> statement-breakpoint
CREATE INDEX "bindings_of_account" ON "bindings" USING btree ("channel","account");--> statement-breakpoint
CREATE INDEX "bindings_of_chat" ON "bindings" USING btree ("channel","chat");--> statement-breakpoint
CREATE INDEX "bindings_of_person" ON "bindings" USING btree ("office","person");--> statement-breakpoint
CREATE INDEX "invitation_guesses_at" ON "invitation_guesses" USING btree ("at");--> statement-breakpoint
CREATE UNIQUE INDEX "invitations_one_open" ON "invitations" USING btree ("office","person") WHERE "invitations"."used_at" is null;--> statement-breakpoint
CREATE INDEX "cards_by_key" ON "cards" USING btree ("key");--> statement-breakpoint
CREATE INDEX "outbox_waiting" ON "outbox" USING btree ("channel","chat","id") WHERE "outbox"."ended_at" is null;--> statement-breakpoint
CREATE INDEX "outbox_waiting_cards" ON "outbox" USING btree ("card_key") WHERE "outbox"."ended_at" is null and "outbox"."card_key" is not null;--> statement-breakpoint
CREATE INDEX "timers_waiting" ON "timers" USING btree ("at","id") WHERE "timers"."told_at" is null;