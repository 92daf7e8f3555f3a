-- SPDX-License-Identifier: GPL-3.0-or-later
-- The running balance of the last active row at or before a moment. No row: unknown user.
-- :user text, :at_micros bigint -> running bigint or null, sequence bigint or null
SELECT l.running, l.sequence
FROM platform."User" u
LEFT JOIN LATERAL (
    SELECT t."runningBalance"::bigint AS running, t.sequence
    FROM platform."CreditTransaction" t
    WHERE t."userId" = u.id AND t."isActive" AND t."runningBalance" IS NOT NULL
      AND t."createdAt" <= 'epoch'::timestamptz + :at_micros::bigint * interval '1 microsecond'
    ORDER BY t."createdAt" DESC, t.sequence DESC NULLS LAST LIMIT 1
) l ON true
WHERE u.id = :user::text
