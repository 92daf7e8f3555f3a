-- SPDX-License-Identifier: GPL-3.0-or-later
-- Customers by e-mail.
-- :after text, :limit int -> id, email, name, created_micros, balance, has_row, last_micros, rank
SELECT u.id, u.email, u.name,
       (extract(epoch FROM u."createdAt") * 1000000)::bigint AS created_micros,
       coalesce(b.balance::bigint, h.balance, 0) AS balance, b."userId" IS NOT NULL AS has_row,
       (extract(epoch FROM (SELECT max(t."createdAt") FROM platform."CreditTransaction" t
                            WHERE t."userId" = u.id)) * 1000000)::bigint AS last_micros,
       1 AS rank
FROM platform."User" u
LEFT JOIN platform."UserBalance" b ON b."userId" = u.id
LEFT JOIN LATERAL (
    SELECT coalesce(
        (SELECT t."runningBalance"::bigint FROM platform."CreditTransaction" t
         WHERE t."userId" = u.id AND t."isActive" AND t."runningBalance" IS NOT NULL
         ORDER BY t."createdAt" DESC, t.sequence DESC NULLS LAST LIMIT 1),
        (SELECT sum(t.amount)::bigint FROM platform."CreditTransaction" t
         WHERE t."userId" = u.id AND t."isActive")) AS balance
) h ON b."userId" IS NULL
WHERE u.email > :after::text
ORDER BY u.email
LIMIT :limit::bigint
