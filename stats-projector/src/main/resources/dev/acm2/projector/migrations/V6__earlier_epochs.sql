-- Views tell more from here on, and the states that they are folded from have another form: the log is
-- folded anew.
UPDATE projection.generation SET current = current + 1;
TRUNCATE projection.run, projection.call;
DELETE FROM projection.sink_offset WHERE topic = 'acm2.views';
