-- SPDX-License-Identifier: GPL-3.0-or-later
-- One row of a history.
-- :user text, :key text -> as history
SELECT t."transactionKey" AS key, (extract(epoch FROM t."createdAt") * 1000000)::bigint AS at_micros,
       t.amount::bigint AS amount, t.type::text AS type, t."isActive" AS active,
       t."runningBalance"::bigint AS running_balance, t.sequence AS sequence,
       t.metadata::text AS metadata
FROM platform."CreditTransaction" t
WHERE t."userId" = :user::text AND t."transactionKey" = :key::text
