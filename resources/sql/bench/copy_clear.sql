-- SPDX-License-Identifier: GPL-3.0-or-later
-- Empties the ledger of a lab; the caller has set tallystick.removing.
TRUNCATE platform."CreditTransaction", platform."UserBalance", platform."CreditRefundRequest",
         platform."UserOnboarding", platform."User"
