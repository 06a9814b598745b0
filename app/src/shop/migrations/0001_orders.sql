CREATE TABLE orders (
    id           uuid PRIMARY KEY DEFAULT gen_random_uuid(),
    item         text NOT NULL CHECK (length(item) BETWEEN 1 AND 200),
    quantity     integer NOT NULL CHECK (quantity BETWEEN 1 AND 1000),
    status       text NOT NULL DEFAULT 'accepted' CHECK (status IN ('accepted', 'fulfilled')),
    created_at   timestamptz NOT NULL DEFAULT now(),
    -- The outbox: empty until the broker has confirmed the order's task.
    published_at timestamptz,
    fulfilled_at timestamptz
);

CREATE INDEX orders_newest ON orders (created_at DESC);
CREATE INDEX orders_outbox ON orders (created_at) WHERE status = 'accepted';
