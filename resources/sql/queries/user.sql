-- SPDX-License-Identifier: GPL-3.0-or-later
-- One customer with the totals of the history.
-- :user text -> as users, then postings, pending_count, pending_total, topped_up, spent, clamped,
--   first_micros
SELECT u.id, u.email, u.name,
       (extract(epoch FROM u."createdAt") * 1000000)::bigint AS created_micros,
       coalesce(b.balance::bigint,
           (SELECT t."runningBalance"::bigint FROM platform."CreditTransaction" t
            WHERE t."userId" = u.id AND t."isActive" AND t."runningBalance" IS NOT NULL
            ORDER BY t."createdAt" DESC, t.sequence DESC NULLS LAST LIMIT 1),
           h.total, 0) AS balance,
       b."userId" IS NOT NULL AS has_row, h.last_micros, 0 AS rank, h.postings, h.pending_count,
       h.pending_total, h.topped_up, h.spent, h.clamped, h.first_micros
FROM platform."User" u
LEFT JOIN platform."UserBalance" b ON b."userId" = u.id
CROSS JOIN LATERAL (
    SELECT count(*) FILTER (WHERE t."isActive") AS postings,
           count(*) FILTER (WHERE NOT t."isActive") AS pending_count,
           coalesce(sum(t.amount) FILTER (WHERE NOT t."isActive"), 0)::bigint AS pending_total,
           coalesce(sum(t.amount) FILTER (WHERE t."isActive" AND t.type = 'TOP_UP'), 0)::bigint
               AS topped_up,
           coalesce(sum(t.amount) FILTER (WHERE t."isActive" AND t.type = 'USAGE'), 0)::bigint
               AS spent,
           count(*) FILTER (WHERE t."isActive" AND jsonb_exists(t.metadata, 'clamp')) AS clamped,
           sum(t.amount) FILTER (WHERE t."isActive")::bigint AS total,
           (extract(epoch FROM min(t."createdAt")) * 1000000)::bigint AS first_micros,
           (extract(epoch FROM max(t."createdAt")) * 1000000)::bigint AS last_micros
    FROM platform."CreditTransaction" t
    WHERE t."userId" = u.id
) h
WHERE u.id = :user::text
