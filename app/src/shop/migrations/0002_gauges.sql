-- Numbers that a periodic task counts, for the metrics of every web process.
CREATE TABLE gauges (
    name       text PRIMARY KEY,
    value      double precision NOT NULL,
    updated_at timestamptz NOT NULL DEFAULT now()
);
