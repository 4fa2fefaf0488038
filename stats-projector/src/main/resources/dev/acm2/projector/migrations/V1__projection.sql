-- Counts the rebuilds of the views: positions of two generations do not compare.
CREATE TABLE projection.generation (current int NOT NULL);
INSERT INTO projection.generation (current) VALUES (1);

-- How far a topic has been written to the tables. Changes with the rows, in one transaction.
CREATE TABLE projection.sink_offset (
  topic text COLLATE "C" NOT NULL,
  partition int NOT NULL,
  next_offset bigint NOT NULL,
  PRIMARY KEY (topic, partition)
);

CREATE TABLE projection.run (
  run_id uuid PRIMARY KEY,
  version bigint NOT NULL,
  partition int NOT NULL,
  generation int NOT NULL,
  name text NOT NULL,
  status text NOT NULL,
  outcome text,
  requested_at timestamptz NOT NULL,
  finished_at timestamptz,
  view text NOT NULL,
  spec text,
  first_offset bigint
);
CREATE INDEX run_newest ON projection.run (requested_at DESC, run_id DESC);

CREATE TABLE projection.call (
  run_id uuid NOT NULL,
  call_id text COLLATE "C" NOT NULL,
  version bigint NOT NULL,
  generation int NOT NULL,
  state text NOT NULL,
  phase text,
  model text,
  document text,
  view text NOT NULL,
  PRIMARY KEY (run_id, call_id)
);
CREATE INDEX call_by_state ON projection.call (run_id, state);

CREATE TABLE projection.run_event (
  partition int NOT NULL,
  log_offset bigint NOT NULL,
  run_id uuid NOT NULL,
  call_id text COLLATE "C",
  type text NOT NULL,
  event_id uuid NOT NULL,
  occurred_at timestamptz NOT NULL,
  appended_at timestamptz NOT NULL,
  service text NOT NULL,
  instance text NOT NULL,
  build_id text NOT NULL,
  body text NOT NULL,
  PRIMARY KEY (partition, log_offset)
);
CREATE INDEX run_event_by_run ON projection.run_event (run_id, log_offset);

CREATE TABLE projection.quarantine (
  topic text COLLATE "C" NOT NULL,
  partition int NOT NULL,
  log_offset bigint NOT NULL,
  error text NOT NULL,
  key bytea,
  value bytea,
  at timestamptz NOT NULL,
  PRIMARY KEY (topic, partition, log_offset)
);

CREATE TABLE projection.producer (
  service text COLLATE "C" NOT NULL,
  instance text COLLATE "C" NOT NULL,
  build_id text NOT NULL,
  last_seen_at timestamptz NOT NULL,
  PRIMARY KEY (service, instance)
);
