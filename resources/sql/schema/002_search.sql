-- SPDX-License-Identifier: GPL-3.0-or-later
-- Finding a customer by a part of the name or e-mail.
DO $$
BEGIN
    IF EXISTS (SELECT FROM pg_available_extensions WHERE name = 'pg_trgm') THEN
        CREATE EXTENSION IF NOT EXISTS pg_trgm WITH SCHEMA public;
        CREATE INDEX "User_email_trgm_idx" ON platform."User" USING gin (email public.gin_trgm_ops);
        CREATE INDEX "User_name_trgm_idx" ON platform."User" USING gin (name public.gin_trgm_ops);
    END IF;
END
$$;
