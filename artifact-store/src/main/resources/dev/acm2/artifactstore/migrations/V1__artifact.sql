CREATE TABLE artifact.artifact (
  sha256 char(64) PRIMARY KEY,
  media_type text NOT NULL,
  content bytea NOT NULL,
  stored_at timestamptz NOT NULL DEFAULT now()
);

-- Contents are text most of the time and written once: the faster of the two compressions.
ALTER TABLE artifact.artifact ALTER COLUMN content SET COMPRESSION lz4;
