-- Lists show what is archived, or what is not.
ALTER TABLE projection.run ADD COLUMN archived boolean NOT NULL DEFAULT false;
DROP INDEX projection.run_newest;
CREATE INDEX run_newest ON projection.run (archived, requested_at DESC, run_id DESC);

-- The history of a run by types of events.
CREATE INDEX run_event_by_type ON projection.run_event (run_id, type, log_offset);

-- Runs that were given up for good, with the event that said so: no row of them comes back. Kept when the
-- log is folded anew.
CREATE TABLE projection.deleted_run (
  run_id uuid PRIMARY KEY,
  partition int NOT NULL,
  log_offset bigint NOT NULL
);

-- Views tell more from here on, and the states that they are folded from have another form: the log is
-- folded anew.
UPDATE projection.generation SET current = current + 1;
TRUNCATE projection.run, projection.call;
DELETE FROM projection.sink_offset WHERE topic = 'acm2.views';
