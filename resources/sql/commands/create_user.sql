-- SPDX-License-Identifier: GPL-3.0-or-later
-- A new user; no row comes back when the id or the e-mail is taken.
-- :user text, :email text, :name text or null -> id text
INSERT INTO platform."User" (id, email, name)
VALUES (:user::text, :email::text, :name::text)
ON CONFLICT DO NOTHING
RETURNING id
