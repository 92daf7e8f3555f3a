-- SPDX-License-Identifier: GPL-3.0-or-later
-- Makes a missing balance row from the user's history; waits for whoever makes it at the same time.
-- :user text -> nothing
INSERT INTO platform."UserBalance" ("userId", balance, "updatedAt", sequence)
SELECT u.id,
       least(greatest(coalesce(
           (SELECT t."runningBalance" FROM platform."CreditTransaction" t
            WHERE t."userId" = u.id AND t."isActive" AND t."runningBalance" IS NOT NULL
            ORDER BY t."createdAt" DESC, t.sequence DESC NULLS LAST LIMIT 1),
           (SELECT sum(t.amount) FROM platform."CreditTransaction" t
            WHERE t."userId" = u.id AND t."isActive"),
           0), -2147483648), 2147483647)::integer,
       coalesce((SELECT max(t."createdAt") FROM platform."CreditTransaction" t
                 WHERE t."userId" = u.id), clock_timestamp()),
       coalesce((SELECT greatest(max(t.sequence), count(*)) FROM platform."CreditTransaction" t
                 WHERE t."userId" = u.id AND t."isActive"), 0)
FROM platform."User" u
WHERE u.id = :user
ON CONFLICT ("userId") DO NOTHING
