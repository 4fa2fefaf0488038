CREATE TABLE artifact.artifact (
  sha256 char(64) PRIMARY KEY,
  media_type text NOT NULL,
  content bytea NOT NULL,
  stored_at timestamptz NOT NULL DEFAULT now()
);
