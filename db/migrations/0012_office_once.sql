-- The office of a policy is asked for once in a statement, and not by the planner. A plan that is kept (every statement is prepared) was made
-- with the number of rows of whichever office came then: made for a small one, it found a case by its id through all the rows of a large one.
DO $$
DECLARE
  policy record;
BEGIN
  FOR policy IN
    SELECT tablename, policyname FROM pg_policies
    WHERE schemaname = 'public' AND 'alur_app' = ANY (roles) AND qual = '(office = NULLIF(current_setting(''alur.office''::text, true), ''''::text))'
  LOOP
    EXECUTE format('ALTER POLICY %I ON %I USING (office = (SELECT NULLIF(current_setting(''alur.office'', true), '''')))',
      policy.policyname, policy.tablename);
  END LOOP;
END
$$;
