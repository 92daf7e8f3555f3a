-- SPDX-License-Identifier: GPL-3.0-or-later
-- A row when there is a user.
SELECT id FROM platform."User" LIMIT 1
