-- SPDX-License-Identifier: GPL-3.0-or-later
-- How many sessions have joined the readers of a user's balance.
-- :user text -> readers bigint
SELECT count(*) AS readers
FROM pg_locks l
JOIN pg_database d ON d.oid = l.database AND d.datname = current_database()
WHERE l.locktype = 'advisory' AND l.objsubid = 1 AND l.granted
  AND (l.classid::bigint << 32 | l.objid::bigint) = hashtextextended(:user::text, 0)
