-- SPDX-License-Identifier: GPL-3.0-or-later
-- Loads users.
COPY platform."User" (id, email, name, "createdAt") FROM STDIN
