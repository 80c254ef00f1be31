-- Whoever writes and could not be written to until now is told apart: what has been waiting for him comes with his first message.
GRANT CREATE ON SCHEMA public TO alur_lookup;
--> statement-breakpoint
DROP FUNCTION alur_touch(text, text, text, timestamptz);
--> statement-breakpoint
CREATE FUNCTION alur_touch(of_channel text, of_account text, in_chat text, used_at timestamptz) RETURNS boolean LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  WITH before AS (
    SELECT b.chat IS NULL OR NOT b.reachable AS fresh FROM bindings b WHERE b.channel = of_channel AND b.account = of_account
  ), touched AS (
    UPDATE bindings b SET chat = in_chat, last_used = used_at, reachable = true
    WHERE b.channel = of_channel AND b.account = of_account
  )
  SELECT coalesce(bool_or(fresh), false) FROM before
$$;
--> statement-breakpoint
REVOKE ALL ON FUNCTION alur_touch(text, text, text, timestamptz) FROM PUBLIC;
--> statement-breakpoint
GRANT EXECUTE ON FUNCTION alur_touch(text, text, text, timestamptz) TO alur_app;
--> statement-breakpoint
ALTER FUNCTION alur_touch(text, text, text, timestamptz) OWNER TO alur_lookup;
--> statement-breakpoint
REVOKE CREATE ON SCHEMA public FROM alur_lookup;
