-- What the application may do, what separates the offices, and what nobody may change. Made by hand: drizzle-kit knows none of it.
-- The roles themselves belong to the cluster and are made by db/roles.ts before every migration.
GRANT USAGE ON SCHEMA public TO alur_app, alur_lookup;
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE, DELETE ON inbox, conversations, settings, office_sops, bindings, invitations, invitation_guesses, albums, text_sources, timers, outbox, cards, album_messages, unreachable_told TO alur_app;
--> statement-breakpoint
GRANT SELECT, INSERT, UPDATE ON offices, people, cases, media, register_counters, chain_heads TO alur_app;
--> statement-breakpoint
-- What happened stays as it was.
GRANT SELECT, INSERT ON sops, revisions, decisions, publications, events, refusals TO alur_app;
--> statement-breakpoint
GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO alur_app;
--> statement-breakpoint
ALTER TABLE offices ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE offices FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY offices_of_the_office ON offices TO alur_app
  USING (office = NULLIF(current_setting('alur.office', true), ''))
  WITH CHECK (office = NULLIF(current_setting('alur.office', true), ''));
--> statement-breakpoint
ALTER TABLE office_sops ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE office_sops FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY office_sops_of_the_office ON office_sops TO alur_app
  USING (office = NULLIF(current_setting('alur.office', true), ''))
  WITH CHECK (office = NULLIF(current_setting('alur.office', true), ''));
--> statement-breakpoint
ALTER TABLE people ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE people FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY people_of_the_office ON people TO alur_app
  USING (office = NULLIF(current_setting('alur.office', true), ''))
  WITH CHECK (office = NULLIF(current_setting('alur.office', true), ''));
--> statement-breakpoint
ALTER TABLE bindings ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE bindings FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY bindings_of_the_office ON bindings TO alur_app
  USING (office = NULLIF(current_setting('alur.office', true), ''))
  WITH CHECK (office = NULLIF(current_setting('alur.office', true), ''));
--> statement-breakpoint
ALTER TABLE invitations ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE invitations FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY invitations_of_the_office ON invitations TO alur_app
  USING (office = NULLIF(current_setting('alur.office', true), ''))
  WITH CHECK (office = NULLIF(current_setting('alur.office', true), ''));
--> statement-breakpoint
ALTER TABLE cases ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE cases FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY cases_of_the_office ON cases TO alur_app
  USING (office = NULLIF(current_setting('alur.office', true), ''))
  WITH CHECK (office = NULLIF(current_setting('alur.office', true), ''));
--> statement-breakpoint
ALTER TABLE revisions ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE revisions FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY revisions_of_the_office ON revisions TO alur_app
  USING (office = NULLIF(current_setting('alur.office', true), ''))
  WITH CHECK (office = NULLIF(current_setting('alur.office', true), ''));
--> statement-breakpoint
ALTER TABLE decisions ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE decisions FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY decisions_of_the_office ON decisions TO alur_app
  USING (office = NULLIF(current_setting('alur.office', true), ''))
  WITH CHECK (office = NULLIF(current_setting('alur.office', true), ''));
--> statement-breakpoint
ALTER TABLE publications ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE publications FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY publications_of_the_office ON publications TO alur_app
  USING (office = NULLIF(current_setting('alur.office', true), ''))
  WITH CHECK (office = NULLIF(current_setting('alur.office', true), ''));
--> statement-breakpoint
ALTER TABLE media ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE media FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY media_of_the_office ON media TO alur_app
  USING (office = NULLIF(current_setting('alur.office', true), ''))
  WITH CHECK (office = NULLIF(current_setting('alur.office', true), ''));
--> statement-breakpoint
ALTER TABLE register_counters ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE register_counters FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY register_counters_of_the_office ON register_counters TO alur_app
  USING (office = NULLIF(current_setting('alur.office', true), ''))
  WITH CHECK (office = NULLIF(current_setting('alur.office', true), ''));
--> statement-breakpoint
ALTER TABLE events ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE events FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY events_of_the_office ON events TO alur_app
  USING (office = NULLIF(current_setting('alur.office', true), ''))
  WITH CHECK (office = NULLIF(current_setting('alur.office', true), ''));
--> statement-breakpoint
ALTER TABLE chain_heads ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE chain_heads FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY chain_heads_of_the_office ON chain_heads TO alur_app
  USING (office = NULLIF(current_setting('alur.office', true), ''))
  WITH CHECK (office = NULLIF(current_setting('alur.office', true), ''));
--> statement-breakpoint
-- A stranger's refusal belongs to no office: it may be written, and read by nobody but the owner.
ALTER TABLE refusals ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE refusals FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY refusals_of_the_office ON refusals TO alur_app
  USING (office = NULLIF(current_setting('alur.office', true), ''))
  WITH CHECK (office = NULLIF(current_setting('alur.office', true), '') OR office IS NULL);
--> statement-breakpoint
ALTER TABLE unreachable_told ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE unreachable_told FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY unreachable_told_of_the_office ON unreachable_told TO alur_app
  USING (office = NULLIF(current_setting('alur.office', true), ''))
  WITH CHECK (office = NULLIF(current_setting('alur.office', true), ''));
--> statement-breakpoint
ALTER TABLE timers ENABLE ROW LEVEL SECURITY;
--> statement-breakpoint
ALTER TABLE timers FORCE ROW LEVEL SECURITY;
--> statement-breakpoint
CREATE POLICY timers_of_the_office ON timers TO alur_app
  USING (office = NULLIF(current_setting('alur.office', true), ''))
  WITH CHECK (office = NULLIF(current_setting('alur.office', true), ''));
--> statement-breakpoint
-- Which office is it? These must be asked before an office is known. They answer with ids and run as a role that sees only the columns they need.
GRANT SELECT (office, version, active) ON offices TO alur_lookup;
--> statement-breakpoint
GRANT SELECT (office, person, roles, gone_at) ON people TO alur_lookup;
--> statement-breakpoint
GRANT SELECT (office, channel, account, person, chat), UPDATE (chat, last_used, reachable) ON bindings TO alur_lookup;
--> statement-breakpoint
GRANT SELECT (code, office, person) ON invitations TO alur_lookup;
--> statement-breakpoint
GRANT SELECT (id, office, number) ON cases TO alur_lookup;
--> statement-breakpoint
GRANT SELECT (id, office, "case", state, at) ON media TO alur_lookup;
--> statement-breakpoint
GRANT SELECT (id, office, "case", at, told_at) ON timers TO alur_lookup;
--> statement-breakpoint
GRANT SELECT (office, "case") ON publications TO alur_lookup;
--> statement-breakpoint
CREATE POLICY offices_looked_up ON offices FOR SELECT TO alur_lookup USING (true);
--> statement-breakpoint
CREATE POLICY people_looked_up ON people FOR SELECT TO alur_lookup USING (true);
--> statement-breakpoint
CREATE POLICY bindings_looked_up ON bindings FOR SELECT TO alur_lookup USING (true);
--> statement-breakpoint
CREATE POLICY invitations_looked_up ON invitations FOR SELECT TO alur_lookup USING (true);
--> statement-breakpoint
CREATE POLICY cases_looked_up ON cases FOR SELECT TO alur_lookup USING (true);
--> statement-breakpoint
CREATE POLICY media_looked_up ON media FOR SELECT TO alur_lookup USING (true);
--> statement-breakpoint
CREATE POLICY timers_looked_up ON timers FOR SELECT TO alur_lookup USING (true);
--> statement-breakpoint
CREATE POLICY publications_looked_up ON publications FOR SELECT TO alur_lookup USING (true);
--> statement-breakpoint
CREATE POLICY bindings_reached ON bindings FOR UPDATE TO alur_lookup USING (true) WITH CHECK (true);
--> statement-breakpoint
CREATE FUNCTION alur_memberships(of_channel text, of_account text) RETURNS TABLE (office text, person text, version integer) LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT b.office, b.person, o.version
  FROM bindings b
  JOIN people p ON p.office = b.office AND p.person = b.person AND p.gone_at IS NULL AND cardinality(p.roles) > 0
  JOIN offices o ON o.office = b.office AND o.active
  WHERE b.channel = of_channel AND b.account = of_account
  ORDER BY b.office
$$;
--> statement-breakpoint
CREATE FUNCTION alur_offices() RETURNS TABLE (office text, version integer, active boolean) LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT o.office, o.version, o.active FROM offices o ORDER BY o.office
$$;
--> statement-breakpoint
CREATE FUNCTION alur_office_of_case(of_case uuid) RETURNS text LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT c.office FROM cases c WHERE c.id = of_case
$$;
--> statement-breakpoint
CREATE FUNCTION alur_case_of_media(of_media text) RETURNS TABLE (office text, "case" uuid) LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT m.office, m."case" FROM media m WHERE m.id = of_media
$$;
--> statement-breakpoint
CREATE FUNCTION alur_case_of_timer(of_timer bigint) RETURNS TABLE (office text, "case" uuid) LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT t.office, t."case" FROM timers t WHERE t.id = of_timer
$$;
--> statement-breakpoint
CREATE FUNCTION alur_office_of_invitation(of_code text) RETURNS text LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT i.office FROM invitations i WHERE i.code = of_code
$$;
--> statement-breakpoint
CREATE FUNCTION alur_cases_by_number(of_number text) RETURNS TABLE (office text, "case" uuid) LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT c.office, c.id FROM cases c WHERE c.number = of_number ORDER BY c.office
$$;
--> statement-breakpoint
CREATE FUNCTION alur_due_timers(until timestamptz, at_most integer) RETURNS SETOF bigint LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT t.id FROM timers t WHERE t.told_at IS NULL AND t.at <= until ORDER BY t.at, t.id LIMIT at_most
$$;
--> statement-breakpoint
CREATE FUNCTION alur_next_timers(since timestamptz, at_most integer) RETURNS TABLE (id bigint, at timestamptz) LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT t.id, t.at FROM timers t WHERE t.told_at IS NULL AND t.at > since ORDER BY t.at, t.id LIMIT at_most
$$;
--> statement-breakpoint
CREATE FUNCTION alur_pending_media(at_most integer) RETURNS SETOF text LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT m.id FROM media m WHERE m.state = 'pending' ORDER BY m.at, m.id LIMIT at_most
$$;
--> statement-breakpoint
CREATE FUNCTION alur_waiting(until timestamptz) RETURNS TABLE (what text, waiting bigint, oldest timestamptz) LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT 'timers', count(*), min(t.at) FROM timers t WHERE t.told_at IS NULL AND t.at <= until
  UNION ALL
  SELECT 'media', count(*), min(m.at) FROM media m WHERE m.state = 'pending'
$$;
--> statement-breakpoint
CREATE FUNCTION alur_touch(of_channel text, of_account text, in_chat text, used_at timestamptz) RETURNS void LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  UPDATE bindings b SET chat = in_chat, last_used = used_at, reachable = true
  WHERE b.channel = of_channel AND b.account = of_account
$$;
--> statement-breakpoint
CREATE FUNCTION alur_reachable(of_channel text, of_chat text, can_be boolean) RETURNS void LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  UPDATE bindings b SET reachable = can_be
  WHERE b.channel = of_channel AND b.chat = of_chat
$$;
--> statement-breakpoint
CREATE FUNCTION alur_require_publication() RETURNS trigger LANGUAGE plpgsql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  IF NOT EXISTS (SELECT FROM publications p WHERE p.office = NEW.office AND p."case" = NEW.id) THEN
    RAISE EXCEPTION 'case % is published without a publication', NEW.id USING ERRCODE = 'check_violation', CONSTRAINT = 'cases_published_with_publication';
  END IF;
  RETURN NULL;
END
$$;
--> statement-breakpoint
-- To own a function a role must be allowed to make one, for as long as that takes.
GRANT CREATE ON SCHEMA public TO alur_lookup;
--> statement-breakpoint
REVOKE ALL ON FUNCTION alur_memberships(text, text) FROM PUBLIC;
--> statement-breakpoint
GRANT EXECUTE ON FUNCTION alur_memberships(text, text) TO alur_app;
--> statement-breakpoint
ALTER FUNCTION alur_memberships(text, text) OWNER TO alur_lookup;
--> statement-breakpoint
REVOKE ALL ON FUNCTION alur_offices() FROM PUBLIC;
--> statement-breakpoint
GRANT EXECUTE ON FUNCTION alur_offices() TO alur_app;
--> statement-breakpoint
ALTER FUNCTION alur_offices() OWNER TO alur_lookup;
--> statement-breakpoint
REVOKE ALL ON FUNCTION alur_office_of_case(uuid) FROM PUBLIC;
--> statement-breakpoint
GRANT EXECUTE ON FUNCTION alur_office_of_case(uuid) TO alur_app;
--> statement-breakpoint
ALTER FUNCTION alur_office_of_case(uuid) OWNER TO alur_lookup;
--> statement-breakpoint
REVOKE ALL ON FUNCTION alur_case_of_media(text) FROM PUBLIC;
--> statement-breakpoint
GRANT EXECUTE ON FUNCTION alur_case_of_media(text) TO alur_app;
--> statement-breakpoint
ALTER FUNCTION alur_case_of_media(text) OWNER TO alur_lookup;
--> statement-breakpoint
REVOKE ALL ON FUNCTION alur_case_of_timer(bigint) FROM PUBLIC;
--> statement-breakpoint
GRANT EXECUTE ON FUNCTION alur_case_of_timer(bigint) TO alur_app;
--> statement-breakpoint
ALTER FUNCTION alur_case_of_timer(bigint) OWNER TO alur_lookup;
--> statement-breakpoint
REVOKE ALL ON FUNCTION alur_office_of_invitation(text) FROM PUBLIC;
--> statement-breakpoint
GRANT EXECUTE ON FUNCTION alur_office_of_invitation(text) TO alur_app;
--> statement-breakpoint
ALTER FUNCTION alur_office_of_invitation(text) OWNER TO alur_lookup;
--> statement-breakpoint
REVOKE ALL ON FUNCTION alur_cases_by_number(text) FROM PUBLIC;
--> statement-breakpoint
GRANT EXECUTE ON FUNCTION alur_cases_by_number(text) TO alur_app;
--> statement-breakpoint
ALTER FUNCTION alur_cases_by_number(text) OWNER TO alur_lookup;
--> statement-breakpoint
REVOKE ALL ON FUNCTION alur_due_timers(timestamptz, integer) FROM PUBLIC;
--> statement-breakpoint
GRANT EXECUTE ON FUNCTION alur_due_timers(timestamptz, integer) TO alur_app;
--> statement-breakpoint
ALTER FUNCTION alur_due_timers(timestamptz, integer) OWNER TO alur_lookup;
--> statement-breakpoint
REVOKE ALL ON FUNCTION alur_next_timers(timestamptz, integer) FROM PUBLIC;
--> statement-breakpoint
GRANT EXECUTE ON FUNCTION alur_next_timers(timestamptz, integer) TO alur_app;
--> statement-breakpoint
ALTER FUNCTION alur_next_timers(timestamptz, integer) OWNER TO alur_lookup;
--> statement-breakpoint
REVOKE ALL ON FUNCTION alur_pending_media(integer) FROM PUBLIC;
--> statement-breakpoint
GRANT EXECUTE ON FUNCTION alur_pending_media(integer) TO alur_app;
--> statement-breakpoint
ALTER FUNCTION alur_pending_media(integer) OWNER TO alur_lookup;
--> statement-breakpoint
REVOKE ALL ON FUNCTION alur_waiting(timestamptz) FROM PUBLIC;
--> statement-breakpoint
GRANT EXECUTE ON FUNCTION alur_waiting(timestamptz) TO alur_app;
--> statement-breakpoint
ALTER FUNCTION alur_waiting(timestamptz) OWNER TO alur_lookup;
--> statement-breakpoint
REVOKE ALL ON FUNCTION alur_touch(text, text, text, timestamptz) FROM PUBLIC;
--> statement-breakpoint
GRANT EXECUTE ON FUNCTION alur_touch(text, text, text, timestamptz) TO alur_app;
--> statement-breakpoint
ALTER FUNCTION alur_touch(text, text, text, timestamptz) OWNER TO alur_lookup;
--> statement-breakpoint
REVOKE ALL ON FUNCTION alur_reachable(text, text, boolean) FROM PUBLIC;
--> statement-breakpoint
GRANT EXECUTE ON FUNCTION alur_reachable(text, text, boolean) TO alur_app;
--> statement-breakpoint
ALTER FUNCTION alur_reachable(text, text, boolean) OWNER TO alur_lookup;
--> statement-breakpoint
REVOKE ALL ON FUNCTION alur_require_publication() FROM PUBLIC;
--> statement-breakpoint
GRANT EXECUTE ON FUNCTION alur_require_publication() TO alur_app;
--> statement-breakpoint
ALTER FUNCTION alur_require_publication() OWNER TO alur_lookup;
--> statement-breakpoint
REVOKE CREATE ON SCHEMA public FROM alur_lookup;
--> statement-breakpoint
-- At commit, because the publication and the state that it allows are written by the same transaction.
CREATE CONSTRAINT TRIGGER cases_published_with_publication AFTER INSERT OR UPDATE OF status ON cases
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (NEW.status = 'published') EXECUTE FUNCTION alur_require_publication();
--> statement-breakpoint
-- The missing grants hold the application; this holds everybody who has more rights than he should use.
CREATE FUNCTION alur_forbid() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% is never changed: % refused', TG_TABLE_NAME, TG_OP USING ERRCODE = 'insufficient_privilege';
END
$$;
--> statement-breakpoint
CREATE TRIGGER events_stay BEFORE UPDATE OR DELETE ON events FOR EACH ROW EXECUTE FUNCTION alur_forbid();
--> statement-breakpoint
CREATE TRIGGER events_stay_all BEFORE TRUNCATE ON events FOR EACH STATEMENT EXECUTE FUNCTION alur_forbid();
--> statement-breakpoint
CREATE TRIGGER decisions_stay BEFORE UPDATE OR DELETE ON decisions FOR EACH ROW EXECUTE FUNCTION alur_forbid();
--> statement-breakpoint
CREATE TRIGGER decisions_stay_all BEFORE TRUNCATE ON decisions FOR EACH STATEMENT EXECUTE FUNCTION alur_forbid();
--> statement-breakpoint
CREATE TRIGGER revisions_stay BEFORE UPDATE OR DELETE ON revisions FOR EACH ROW EXECUTE FUNCTION alur_forbid();
--> statement-breakpoint
CREATE TRIGGER revisions_stay_all BEFORE TRUNCATE ON revisions FOR EACH STATEMENT EXECUTE FUNCTION alur_forbid();
--> statement-breakpoint
CREATE TRIGGER publications_stay BEFORE UPDATE OR DELETE ON publications FOR EACH ROW EXECUTE FUNCTION alur_forbid();
--> statement-breakpoint
CREATE TRIGGER publications_stay_all BEFORE TRUNCATE ON publications FOR EACH STATEMENT EXECUTE FUNCTION alur_forbid();
