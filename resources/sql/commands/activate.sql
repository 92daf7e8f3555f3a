-- SPDX-License-Identifier: GPL-3.0-or-later
-- Makes a pending row count, exactly once, in one round trip.
-- :user text, :key text, :new_key text or null, :metadata text or null
-- -> the members of tallystick.answer
SELECT a.code, a.key, a.requested, a.applied, a.balance, a.at_micros, a.sequence, a.replayed,
       a.clamp, a.remaining, a.lock_wait_micros, a.work_micros
FROM tallystick.activate(:user::text, :key::text, :new_key::text, :metadata::text::jsonb) a
