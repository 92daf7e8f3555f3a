-- SPDX-License-Identifier: GPL-3.0-or-later
-- Customers a search finds: whoever has this id, e-mail or transaction key (rank 0), then whoever
-- has it as a part of the e-mail or name (rank 1), each by e-mail.
-- :text text, :pattern text (for ILIKE), :rank int, :after text, :limit int -> as users
WITH exact AS (
    SELECT u.id, u.email FROM platform."User" u WHERE u.id = :text::text OR u.email = :text::text
    UNION
    SELECT u.id, u.email FROM platform."CreditTransaction" t
    JOIN platform."User" u ON u.id = t."userId" WHERE t."transactionKey" = :text::text
), part AS (
    SELECT u.id, u.email FROM platform."User" u
    WHERE (u.email ILIKE :pattern::text OR u.name ILIKE :pattern::text)
      AND (:rank::integer < 1 OR u.email > :after::text)
      AND u.id NOT IN (SELECT id FROM exact)
    ORDER BY u.email LIMIT :limit::bigint
), hits AS (
    SELECT id, email, 0 AS rank FROM exact
    WHERE (0, email) > (:rank::integer, :after::text)
    UNION ALL
    SELECT id, email, 1 FROM part
    ORDER BY rank, email LIMIT :limit::bigint
)
SELECT u.id, u.email, u.name,
       (extract(epoch FROM u."createdAt") * 1000000)::bigint AS created_micros,
       coalesce(b.balance::bigint, h.balance, 0) AS balance, b."userId" IS NOT NULL AS has_row,
       (extract(epoch FROM (SELECT max(t."createdAt") FROM platform."CreditTransaction" t
                            WHERE t."userId" = u.id)) * 1000000)::bigint AS last_micros,
       hits.rank
FROM hits
JOIN platform."User" u ON u.id = hits.id
LEFT JOIN platform."UserBalance" b ON b."userId" = u.id
LEFT JOIN LATERAL (
    SELECT coalesce(
        (SELECT t."runningBalance"::bigint FROM platform."CreditTransaction" t
         WHERE t."userId" = u.id AND t."isActive" AND t."runningBalance" IS NOT NULL
         ORDER BY t."createdAt" DESC, t.sequence DESC NULLS LAST LIMIT 1),
        (SELECT sum(t.amount)::bigint FROM platform."CreditTransaction" t
         WHERE t."userId" = u.id AND t."isActive")) AS balance
) h ON b."userId" IS NULL
ORDER BY hits.rank, hits.email
