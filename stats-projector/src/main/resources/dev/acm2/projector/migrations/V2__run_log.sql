-- What runs said to those who watch them.
CREATE TABLE projection.run_log (
  log_partition int NOT NULL,
  log_offset bigint NOT NULL,
  run_id uuid NOT NULL,
  at timestamptz NOT NULL,
  level text NOT NULL,
  call_id text COLLATE "C",
  epoch int NOT NULL,
  attempt int NOT NULL,
  source text NOT NULL,
  text text NOT NULL,
  PRIMARY KEY (log_partition, log_offset)
);
CREATE INDEX run_log_by_run ON projection.run_log (run_id, log_partition, log_offset);

-- The timeline of one call.
CREATE INDEX run_event_by_call ON projection.run_event (run_id, call_id, log_offset)
  WHERE call_id IS NOT NULL;
