-- SPDX-License-Identifier: GPL-3.0-or-later
-- The least a statement can cost: there and back. -> one
SELECT 1 AS one
