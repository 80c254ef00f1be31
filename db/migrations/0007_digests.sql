ALTER TABLE "timers" ADD COLUMN "undigested" boolean DEFAULT false NOT NULL;--> statement-breakpoint
CREATE INDEX "timers_undigested" ON "timers" USING btree ("office") WHERE "timers"."undigested";