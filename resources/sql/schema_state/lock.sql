-- SPDX-License-Identifier: GPL-3.0-or-later
-- Lets one program at a time lay the schema.
SELECT pg_advisory_lock(hashtext('tallystick schema'))
