-- SPDX-License-Identifier: GPL-3.0-or-later
-- The whole posting in one round trip.
-- :user text, :amount bigint, :type text, :key text, :ceiling bigint or null, :may_overdraw bool,
-- :active bool, :claim_once bool, :refund_of text or null, :metadata text or null
-- -> the members of tallystick.answer
SELECT a.code, a.key, a.requested, a.applied, a.balance, a.at_micros, a.sequence, a.replayed,
       a.clamp, a.remaining, a.lock_wait_micros, a.work_micros
FROM tallystick.post(:user::text, :amount::bigint, :type::text::platform."CreditTransactionType",
                     :key::text, :ceiling::bigint, :may_overdraw::boolean, :active::boolean,
                     :claim_once::boolean, :refund_of::text, :metadata::text::jsonb) a
