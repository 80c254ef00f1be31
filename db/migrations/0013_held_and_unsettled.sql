ALTER TABLE "offices" ADD COLUMN "unsettled" jsonb;--> statement-breakpoint
ALTER TABLE "outbox" ADD COLUMN "held_since" timestamp (3) with time zone;