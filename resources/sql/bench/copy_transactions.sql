-- SPDX-License-Identifier: GPL-3.0-or-later
-- Loads transactions.
COPY platform."CreditTransaction"
    ("transactionKey", "createdAt", "userId", amount, type, "isActive", metadata,
     "runningBalance", sequence) FROM STDIN
