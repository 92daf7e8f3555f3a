-- SPDX-License-Identifier: GPL-3.0-or-later
-- Stores what a posting made of the locked balance.
-- :user text, :balance bigint, :sequence bigint, :at_micros bigint -> nothing
UPDATE platform."UserBalance"
SET balance = :balance::bigint::integer, sequence = :sequence::bigint,
    "updatedAt" = 'epoch'::timestamptz + :at_micros::bigint * interval '1 microsecond'
WHERE "userId" = :user
