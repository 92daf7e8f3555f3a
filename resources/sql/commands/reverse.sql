-- SPDX-License-Identifier: GPL-3.0-or-later
-- The opposite of a posted row, at most once, in one round trip.
-- :user text, :key text, :metadata text or null -> the members of tallystick.answer
SELECT a.code, a.key, a.requested, a.applied, a.balance, a.at_micros, a.sequence, a.replayed,
       a.clamp, a.remaining, a.lock_wait_micros, a.work_micros
FROM tallystick.reverse(:user::text, :key::text, :metadata::text::jsonb) a
