-- A card that has arrived in a chat shows that the chat can be written to, whatever was found before.
GRANT SELECT (reachable) ON bindings TO alur_lookup;
--> statement-breakpoint
CREATE OR REPLACE FUNCTION alur_card_sent(of_case uuid, of_step text, of_round integer, in_channel text, in_chat text, to_person text, sent timestamptz) RETURNS void LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  UPDATE bindings b SET reachable = true WHERE b.channel = in_channel AND b.chat = in_chat AND NOT b.reachable;
  INSERT INTO case_views (office, "case", step, round, person, sent_at)
  SELECT DISTINCT c.office, c.id, of_step, of_round, p.person, sent
  FROM cases c JOIN people p ON p.office = c.office
    AND (p.person = to_person OR EXISTS (SELECT FROM bindings b WHERE b.office = c.office AND b.person = p.person AND b.channel = in_channel AND b.chat = in_chat))
  WHERE c.id = of_case
  ON CONFLICT ("case", step, round, person) DO UPDATE SET sent_at = coalesce(case_views.sent_at, excluded.sent_at)
$$;
