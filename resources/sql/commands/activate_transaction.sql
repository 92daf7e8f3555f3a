-- SPDX-License-Identifier: GPL-3.0-or-later
-- Makes a pending row count. The clamp record is made anew; when it was pending is kept.
-- :user text, :key text, :new_key text, :amount bigint, :running_balance bigint,
-- :sequence bigint, :last_micros bigint, :metadata text -> at_micros bigint
UPDATE platform."CreditTransaction" t
SET "transactionKey" = :new_key, amount = :amount::bigint::integer, "isActive" = true,
    "createdAt" = greatest(clock_timestamp(),
        'epoch'::timestamptz + (:last_micros::bigint + 1) * interval '1 microsecond'),
    "runningBalance" = :running_balance::bigint::integer, sequence = :sequence::bigint,
    metadata = (coalesce(t.metadata, '{}') - 'requestedAmount' - 'clamp') || :metadata::text::jsonb
        || jsonb_build_object('activatedFrom', t."transactionKey", 'pendingSince',
               to_char(t."createdAt" AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'))
WHERE t."transactionKey" = :key AND t."userId" = :user AND NOT t."isActive"
RETURNING (extract(epoch FROM t."createdAt") * 1000000)::bigint AS at_micros
