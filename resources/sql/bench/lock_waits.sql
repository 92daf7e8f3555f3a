-- SPDX-License-Identifier: GPL-3.0-or-later
-- Who waits for whom: one row a waiter and blocker. The tuple lock a waiter holds or asks for
-- names the balance row, hence the customer.
-- :prefix text -> waiter_pid, waiter_name, wait_event, waited_micros, blocker_pid, blocker_name,
--   user_id
SELECT a.pid AS waiter_pid, a.application_name AS waiter_name, a.wait_event,
       (extract(epoch FROM clock_timestamp() - l.waitstart) * 1000000)::bigint AS waited_micros,
       h.pid AS blocker_pid, h.application_name AS blocker_name,
       (SELECT b."userId" FROM pg_locks p
        JOIN platform."UserBalance" b
          ON b.ctid = ('(' || p.page || ',' || p.tuple || ')')::tid
        WHERE p.pid = a.pid AND p.locktype = 'tuple'
          AND p.relation = 'platform."UserBalance"'::regclass LIMIT 1) AS user_id
FROM pg_stat_activity a
JOIN pg_locks l ON l.pid = a.pid AND NOT l.granted
CROSS JOIN LATERAL unnest(pg_blocking_pids(a.pid)) AS blocking(pid)
JOIN pg_stat_activity h ON h.pid = blocking.pid
WHERE starts_with(a.application_name, :prefix::text) AND a.wait_event_type = 'Lock'
ORDER BY l.waitstart, a.pid
