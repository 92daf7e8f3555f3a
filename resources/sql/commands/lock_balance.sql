-- SPDX-License-Identifier: GPL-3.0-or-later
-- Locks a user's balance row until the transaction ends. No row: there is no balance row.
-- :user text -> balance bigint, sequence bigint, last_micros bigint
SELECT b.balance::bigint AS balance, b.sequence AS sequence,
       (extract(epoch FROM b."updatedAt") * 1000000)::bigint AS last_micros
FROM platform."UserBalance" b
WHERE b."userId" = :user
FOR UPDATE
