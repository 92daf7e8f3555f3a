-- SPDX-License-Identifier: GPL-3.0-or-later
-- Removes users of a lab with all that belongs to them.
-- :users text (an array literal) -> removed bigint
SELECT tallystick.remove_users(:users::text[]) AS removed
