-- Submissions that are kept under a name. A version is never changed; saving adds the next one.
CREATE TABLE preset.preset (
  name text COLLATE "C" NOT NULL,
  version int NOT NULL,
  saved_at timestamptz NOT NULL,
  submission text NOT NULL,
  PRIMARY KEY (name, version)
);
