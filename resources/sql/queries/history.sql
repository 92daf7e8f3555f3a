-- SPDX-License-Identifier: GPL-3.0-or-later
-- A customer's rows, newest first.
-- :user text, :before_micros bigint, :before_key text, :from_micros bigint, :until_micros bigint,
-- :types text (labels with commas; empty: all), :active bool or null, :limit int
-- -> key, at_micros, amount, type, active, running_balance, sequence, metadata
SELECT t."transactionKey" AS key, (extract(epoch FROM t."createdAt") * 1000000)::bigint AS at_micros,
       t.amount::bigint AS amount, t.type::text AS type, t."isActive" AS active,
       t."runningBalance"::bigint AS running_balance, t.sequence AS sequence,
       t.metadata::text AS metadata
FROM platform."CreditTransaction" t
WHERE t."userId" = :user::text
  AND (t."createdAt", t."transactionKey")
      < ('epoch'::timestamptz + :before_micros::bigint * interval '1 microsecond',
         :before_key::text)
  AND t."createdAt" >= 'epoch'::timestamptz + :from_micros::bigint * interval '1 microsecond'
  AND t."createdAt" < 'epoch'::timestamptz + :until_micros::bigint * interval '1 microsecond'
  AND (:types::text = '' OR t.type::text = ANY (string_to_array(:types::text, ',')))
  AND (:active::boolean IS NULL OR t."isActive" = :active::boolean)
ORDER BY t."createdAt" DESC, t."transactionKey" DESC
LIMIT :limit::bigint
