-- SPDX-License-Identifier: GPL-3.0-or-later
-- Writes a row later than every row of this user before it; no row comes back when the key exists.
-- :key text, :user text, :amount bigint, :type text, :active bool, :metadata text or null,
-- :running_balance bigint, :sequence bigint or null, :last_micros bigint -> at_micros bigint
INSERT INTO platform."CreditTransaction"
    ("transactionKey", "createdAt", "userId", amount, type, "isActive", metadata, "runningBalance",
     sequence)
VALUES
    (:key, greatest(clock_timestamp(),
                    'epoch'::timestamptz + (:last_micros::bigint + 1) * interval '1 microsecond'),
     :user, :amount::bigint::integer, :type::text::platform."CreditTransactionType",
     :active::boolean, :metadata::text::jsonb, :running_balance::bigint::integer,
     :sequence::bigint)
ON CONFLICT ("transactionKey", "userId") DO NOTHING
RETURNING (extract(epoch FROM "createdAt") * 1000000)::bigint AS at_micros
