CREATE TABLE orchestrator.accepted_run (
  run_id uuid PRIMARY KEY,
  idempotency_key text UNIQUE,
  body_sha256 char(64) NOT NULL,
  spec json NOT NULL,
  planned json NOT NULL,
  deadline_at timestamptz NOT NULL,
  appended boolean NOT NULL DEFAULT false,
  accepted_at timestamptz NOT NULL DEFAULT now()
);
