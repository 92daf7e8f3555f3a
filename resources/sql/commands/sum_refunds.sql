-- SPDX-License-Identifier: GPL-3.0-or-later
-- How much of a payment its refunds have taken back (negative), and whether there are any.
-- :user text, :payment text -> refunded bigint, refunds bigint
SELECT coalesce(sum(t.amount), 0)::bigint AS refunded, count(*)::bigint AS refunds
FROM platform."CreditTransaction" t
WHERE t."userId" = :user AND t.metadata ->> 'refundOf' = :payment AND t."isActive"
