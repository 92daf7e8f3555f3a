-- SPDX-License-Identifier: GPL-3.0-or-later
-- A user's balance and where it stands. No row: unknown user.
-- :user text -> stored bigint or null, sequence bigint or null, running bigint or null,
--   total bigint or null
SELECT b.balance::bigint AS stored, b.sequence AS sequence,
       CASE WHEN b."userId" IS NULL THEN
           (SELECT t."runningBalance"::bigint FROM platform."CreditTransaction" t
            WHERE t."userId" = u.id AND t."isActive" AND t."runningBalance" IS NOT NULL
            ORDER BY t."createdAt" DESC, t.sequence DESC NULLS LAST LIMIT 1) END AS running,
       CASE WHEN b."userId" IS NULL THEN
           (SELECT sum(t.amount)::bigint FROM platform."CreditTransaction" t
            WHERE t."userId" = u.id AND t."isActive") END AS total
FROM platform."User" u
LEFT JOIN platform."UserBalance" b ON b."userId" = u.id
WHERE u.id = :user::text
