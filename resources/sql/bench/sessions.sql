-- SPDX-License-Identifier: GPL-3.0-or-later
-- The sessions of a run, in which state they are.
-- :prefix text -> active, waiting_lock, waiting_commit, idle
SELECT count(*) FILTER (WHERE a.state <> 'idle') AS active,
       count(*) FILTER (WHERE a.wait_event_type = 'Lock') AS waiting_lock,
       count(*) FILTER (WHERE a.state <> 'idle'
                        AND a.wait_event IN ('WALSync', 'WALWrite', 'SyncRep')) AS waiting_commit,
       count(*) FILTER (WHERE a.state = 'idle') AS idle
FROM pg_stat_activity a
WHERE starts_with(a.application_name, :prefix::text) AND a.pid <> pg_backend_pid()
