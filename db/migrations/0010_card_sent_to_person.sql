-- A card was sent to whom it was meant for, also when he was taken out of the office between its lease and its end: he may come back, and the
-- card still stands in his chat. Whoever else has this chat for his own has it before him as well.
CREATE FUNCTION alur_card_sent(of_case uuid, of_step text, of_round integer, in_channel text, in_chat text, to_person text, sent timestamptz) RETURNS void LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  INSERT INTO case_views (office, "case", step, round, person, sent_at)
  SELECT DISTINCT c.office, c.id, of_step, of_round, p.person, sent
  FROM cases c JOIN people p ON p.office = c.office
    AND (p.person = to_person OR EXISTS (SELECT FROM bindings b WHERE b.office = c.office AND b.person = p.person AND b.channel = in_channel AND b.chat = in_chat))
  WHERE c.id = of_case
  ON CONFLICT ("case", step, round, person) DO UPDATE SET sent_at = coalesce(case_views.sent_at, excluded.sent_at)
$$;
--> statement-breakpoint
GRANT CREATE ON SCHEMA public TO alur_lookup;
--> statement-breakpoint
REVOKE ALL ON FUNCTION alur_card_sent(uuid, text, integer, text, text, text, timestamptz) FROM PUBLIC;
--> statement-breakpoint
GRANT EXECUTE ON FUNCTION alur_card_sent(uuid, text, integer, text, text, text, timestamptz) TO alur_app;
--> statement-breakpoint
ALTER FUNCTION alur_card_sent(uuid, text, integer, text, text, text, timestamptz) OWNER TO alur_lookup;
--> statement-breakpoint
REVOKE CREATE ON SCHEMA public FROM alur_lookup;
--> statement-breakpoint
DROP FUNCTION alur_card_sent(uuid, text, integer, text, text, timestamptz);
