-- SPDX-License-Identifier: GPL-3.0-or-later
-- Lets this transaction remove rows of the history.
SELECT set_config('tallystick.removing', 'on', true)
