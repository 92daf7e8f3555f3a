-- SPDX-License-Identifier: GPL-3.0-or-later
-- Whether this database is a lab, and whether it holds a ledger.
-- -> is_lab bool, has_ledger bool
SELECT to_regclass('tallystick.migration') IS NOT NULL AS is_lab,
       to_regnamespace('platform') IS NOT NULL AS has_ledger
