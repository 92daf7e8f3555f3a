-- SPDX-License-Identifier: GPL-3.0-or-later
-- Notes that a migration ran.
-- :number int, :name text, :sha256 text -> nothing
INSERT INTO tallystick.migration (number, name, sha256)
VALUES (:number::integer, :name::text, :sha256::text)
