-- SPDX-License-Identifier: GPL-3.0-or-later
-- What makes a database a lab: only where this marker stands are users removed and stress run.
CREATE SCHEMA tallystick;

CREATE TABLE tallystick.marker (
    id      integer PRIMARY KEY DEFAULT 1 CHECK (id = 1),
    made_at timestamptz NOT NULL DEFAULT now()
);
INSERT INTO tallystick.marker DEFAULT VALUES;

CREATE TABLE tallystick.migration (
    number     integer PRIMARY KEY,
    name       text NOT NULL,
    sha256     text NOT NULL,
    applied_at timestamptz NOT NULL DEFAULT now()
);
