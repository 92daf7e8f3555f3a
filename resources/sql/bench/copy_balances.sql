-- SPDX-License-Identifier: GPL-3.0-or-later
-- Loads balance rows.
COPY platform."UserBalance" ("userId", balance, "updatedAt", sequence) FROM STDIN
