-- When runs started and calls ended, as columns: how runs went over their time is read from an index.
ALTER TABLE projection.run ADD COLUMN started_at timestamptz;
ALTER TABLE projection.call ADD COLUMN finished_at timestamptz;

-- The views that are there tell it too. They are read as text, since the operators of json refuse every
-- view in which somebody wrote a NUL; a time beyond four-digit years becomes the last or the first one, as
-- the sink writes it.
CREATE FUNCTION projection.instant_in(view text, field text) RETURNS timestamptz LANGUAGE sql AS $$
  SELECT CASE
    WHEN told LIKE '+%' THEN '9999-12-31T23:59:59Z'
    WHEN told LIKE '-%' OR told LIKE '0000-%' THEN '0001-01-01T00:00:00Z'
    ELSE told
  END::timestamptz
  FROM substring(view FROM '"' || field || '":"([^"]+)"') AS told
$$;
UPDATE projection.run SET started_at = projection.instant_in(view, 'startedAt');
UPDATE projection.call SET finished_at = projection.instant_in(view, 'finishedAt')
  WHERE state IN ('OK', 'FAILED', 'TIMED_OUT', 'CANCELLED', 'SKIPPED');
DROP FUNCTION projection.instant_in;

-- Holds all that is asked of the calls: their rows, with the long views in them, are not read.
CREATE INDEX call_by_end ON projection.call (run_id, finished_at) INCLUDE (state)
  WHERE finished_at IS NOT NULL;
