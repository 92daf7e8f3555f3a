-- SPDX-License-Identifier: GPL-3.0-or-later
-- The rows of some users beside their stored balances, a user at a time.
-- :users text (an array literal) -> as chain
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
WHERE u.id = ANY (:users::text[])
ORDER BY u.id, t.sequence NULLS LAST, t."createdAt"
