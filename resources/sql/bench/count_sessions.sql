-- SPDX-License-Identifier: GPL-3.0-or-later
-- How many of a run's sessions are left, and prepared transactions that could still commit.
-- :prefix text -> sessions bigint, prepared bigint
SELECT (SELECT count(*) FROM pg_stat_activity a
        WHERE starts_with(a.application_name, :prefix::text) AND a.pid <> pg_backend_pid())
           AS sessions,
       (SELECT count(*) FROM pg_prepared_xacts WHERE database = current_database()) AS prepared
