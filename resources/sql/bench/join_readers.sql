-- SPDX-License-Identifier: GPL-3.0-or-later
-- Counts this session, until it ends, among those that have read a user's balance.
-- :user text
SELECT pg_advisory_lock_shared(hashtextextended(:user::text, 0))
