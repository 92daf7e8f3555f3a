-- SPDX-License-Identifier: GPL-3.0-or-later
-- The balance at evenly spaced moments of a user's life: one index seek a moment, however long
-- the history is.
-- :user text, :points int -> at_micros bigint, balance bigint
WITH life AS (
    SELECT min(t."createdAt") AS first, max(t."createdAt") AS last
    FROM platform."CreditTransaction" t
    WHERE t."userId" = :user::text AND t."isActive"
), moments AS (
    SELECT first + (last - first) * (n::double precision / greatest(:points::integer - 1, 1)) AS at
    FROM life, generate_series(0, :points::integer - 1) n
    WHERE first IS NOT NULL
)
SELECT (extract(epoch FROM m.at) * 1000000)::bigint AS at_micros, l.balance
FROM moments m
CROSS JOIN LATERAL (
    SELECT t."runningBalance"::bigint AS balance
    FROM platform."CreditTransaction" t
    WHERE t."userId" = :user::text AND t."isActive" AND t."runningBalance" IS NOT NULL
      AND t."createdAt" <= m.at
    ORDER BY t."createdAt" DESC, t.sequence DESC NULLS LAST LIMIT 1
) l
ORDER BY m.at
