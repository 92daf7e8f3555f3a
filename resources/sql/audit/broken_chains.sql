-- SPDX-License-Identifier: GPL-3.0-or-later
-- Users whose rows do not form one chain from nothing to the stored balance, found without putting
-- them in order: of fingerprints of where each row starts and where it ends, all inner ones cancel.
-- Numbered rows also carry their place in the fingerprint, and the last is the newest number that
-- was given out. The seed is another one every time, so
-- that no two faults cancel by chance twice. A missing balance row is not looked at here.
-- :users text (an array literal), :seed bigint -> id, undecided: whether nothing can be said
WITH chosen AS (
    SELECT unnest(:users::text[]) AS id
), sums AS (
    SELECT chosen.id, count(*) AS rows, max(t.sequence) AS last, sum(t.amount)::numeric AS total,
           bool_or(t."runningBalance" IS NULL) AS unclear,
           bool_or(t.sequence IS NULL) AS unnumbered, bool_or(t.sequence IS NOT NULL) AS numbered,
           sum(hashint8extended(t."runningBalance"::bigint - t.amount::bigint,
                                :seed::bigint + coalesce(t.sequence, 0)))
           - sum(hashint8extended(t."runningBalance"::bigint,
                                  :seed::bigint + coalesce(t.sequence + 1, 0))) AS fingerprint
    FROM chosen JOIN platform."CreditTransaction" t ON t."userId" = chosen.id
    WHERE t."isActive"
    GROUP BY chosen.id
), ends AS (
    SELECT chosen.id, s.fingerprint, coalesce(s.total, 0) AS total,
           coalesce(b.balance, s.total, 0)::bigint AS balance,
           coalesce(s.unclear OR (s.numbered AND s.unnumbered), false) AS undecided,
           b.sequence <> coalesce(s.last, 0) AND s.unnumbered IS NOT true AS is_ahead,
           CASE WHEN s.numbered THEN 1 ELSE 0 END AS first,
           CASE WHEN s.numbered THEN s.rows + 1 ELSE 0 END AS past
    FROM chosen
    LEFT JOIN sums s ON s.id = chosen.id
    LEFT JOIN platform."UserBalance" b ON b."userId" = chosen.id
)
SELECT id, undecided
FROM ends
WHERE undecided OR is_ahead OR total <> balance
      OR coalesce(fingerprint, 0) <> hashint8extended(0, :seed::bigint + first)::numeric
                                     - hashint8extended(balance, :seed::bigint + past)
