-- SPDX-License-Identifier: GPL-3.0-or-later
-- Ends what is left of a run's sessions.
-- :prefix text -> ended bigint
SELECT count(pg_terminate_backend(a.pid)) AS ended
FROM pg_stat_activity a
WHERE starts_with(a.application_name, :prefix::text) AND a.pid <> pg_backend_pid()
