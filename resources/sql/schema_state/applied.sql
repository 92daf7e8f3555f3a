-- SPDX-License-Identifier: GPL-3.0-or-later
-- The migrations this lab has had.
-- -> number int, sha256 text
SELECT number, sha256 FROM tallystick.migration ORDER BY number
