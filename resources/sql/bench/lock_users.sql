-- SPDX-License-Identifier: GPL-3.0-or-later
-- Lets nobody else make users until the transaction ends; reading goes on.
LOCK TABLE platform."User" IN SHARE ROW EXCLUSIVE MODE
