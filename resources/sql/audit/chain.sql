-- SPDX-License-Identifier: GPL-3.0-or-later
-- One user's rows beside the stored balance, in one snapshot. No row: unknown user.
-- :user text -> id, name, stored, stored_sequence, key, at_micros, amount, type, active, running,
--   sequence, committed_micros (where the server keeps it), requested, clamp, refund_of, reverses
SELECT u.id, u.name, b.balance::bigint AS stored, b.sequence AS stored_sequence,
       t."transactionKey" AS key, (extract(epoch FROM t."createdAt") * 1000000)::bigint AS at_micros,
       t.amount::bigint AS amount, t.type::text AS type, t."isActive" AS active,
       t."runningBalance"::bigint AS running, t.sequence AS sequence,
       CASE WHEN t.sequence IS NULL AND t."isActive"
                 AND current_setting('track_commit_timestamp')::boolean
            THEN (extract(epoch FROM pg_xact_commit_timestamp(t.xmin)) * 1000000)::bigint
       END AS committed_micros,
       t.metadata ->> 'requestedAmount' AS requested, t.metadata ->> 'clamp' AS clamp,
       t.metadata ->> 'refundOf' AS refund_of, t.metadata ->> 'reverses' AS reverses
FROM platform."User" u
LEFT JOIN platform."UserBalance" b ON b."userId" = u.id
LEFT JOIN platform."CreditTransaction" t ON t."userId" = u.id
WHERE u.id = :user::text
ORDER BY t.sequence NULLS LAST, t."createdAt"
