-- SPDX-License-Identifier: GPL-3.0-or-later
-- The row that was pending under a key and has another one since its activation.
-- :user text, :key text -> as find_posted
SELECT t."transactionKey" AS key, t.type::text AS type,
       coalesce((t.metadata ->> 'requestedAmount')::bigint, t.amount::bigint) AS requested,
       t.amount::bigint AS amount, t."runningBalance"::bigint AS running_balance,
       (extract(epoch FROM t."createdAt") * 1000000)::bigint AS at_micros, t.sequence AS sequence,
       coalesce(t.metadata ->> 'clamp', '') AS clamp, t.metadata ->> 'refundOf' AS refund_of,
       t.metadata ->> 'reverses' AS reverses, t."isActive" AS active
FROM platform."CreditTransaction" t
WHERE t."userId" = :user AND t.metadata ->> 'activatedFrom' = :key
LIMIT 1
