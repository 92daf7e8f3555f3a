-- SPDX-License-Identifier: GPL-3.0-or-later
-- What is known of the server and of what this session may do there.
-- -> version, database, role, place, zone, synchronous_commit, fsync, commit_timestamps,
--   max_connections, is_lab, may_write
SELECT split_part(current_setting('server_version'), ' ', 1) AS version,
       current_database()::text AS database, current_user::text AS role,
       coalesce(host(inet_server_addr()) || ':' || inet_server_port()::text,
                split_part(current_setting('unix_socket_directories'), ',', 1)) AS place,
       current_setting('TimeZone') AS zone,
       current_setting('synchronous_commit') AS synchronous_commit,
       current_setting('fsync')::boolean AS fsync,
       current_setting('track_commit_timestamp')::boolean AS commit_timestamps,
       current_setting('max_connections')::bigint AS max_connections,
       to_regclass('tallystick.marker') IS NOT NULL AS is_lab,
       NOT pg_is_in_recovery() AND NOT current_setting('transaction_read_only')::boolean
       AND coalesce(has_table_privilege(to_regclass('platform."CreditTransaction"'), 'INSERT'), false)
       AND coalesce(has_table_privilege(to_regclass('platform."UserBalance"'), 'UPDATE'), false)
           AS may_write
